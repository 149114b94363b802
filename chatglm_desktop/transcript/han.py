# SPDX-License-Identifier: MIT
"""Words in a run of Chinese characters, guessed without a dictionary; knows no other script.

Chinese is written without spaces, and the rules of Unicode, which Qt follows, take every
character as a word. Most words have two characters; those that do grammar have one and stand
between others. So a run is cut at these, but not in words that contain them, and what is left
is cut into pairs, the last of three if they do not come out even.
"""

from __future__ import annotations

import re

HAN = re.compile(r"[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd]+")
"""A run of Chinese characters."""

_SINGLES = """
的了着过是在有和与或及而且但把被让给从到对向为以于之其这那哪每各某我你您他她它们不没也都就才又再很太最更还
只已将会能要可去来说看做用个些种次年月日时分吗呢吧啊呀嘛如若则即
"""
_KNOWN = """
我们 你们 他们 她们 它们 咱们 人们 自己 这个 那个 哪个 这些 那些 哪些 这样 那样 怎样 这里 那里
哪里 这种 那种 每个 各种 各个 某些 某个 什么 为什么 怎么 怎么样 多少 如何 如果 如此 例如 比如 假如
即使 若干 但是 可是 不过 而且 并且 或者 还是 因为 所以 因此 由于 为了 关于 对于 至于 等于 属于
基于 用于 处于 不是 不会 不能 不要 不同 不仅 不但 不断 不用 不可 没有 没事 还有 只有 只是 只要
所有 拥有 具有 可以 可能 可见 以及 以后 以前 以上 以下 以来 之前 之后 之间 其中 其他 其它 其实
尤其 与其 从而 从来 现在 存在 正在 实在 内在 在于 在线 目的 的确 了解 除了 到了 过程 通过 经过
超过 过去 着重 是否 就是 都是 也是 于是 要求 需要 重要 主要 必要 要点 能够 功能 性能 能力 智能
才能 能源 会议 机会 社会 大会 会员 学会 体会 对话 对象 针对 反对 绝对 相对 方向 向量 面向 趋向
已经 将来 即将 时间 时候 当时 及时 同时 小时 有时 实时 时代 分析 分类 部分 十分 充分 分布 分别
分钟 积分 今年 明年 去年 每年 年轻 年代 本月 每月 今日 明日 日期 日志 日常 每日 生日 使用 作用
利用 应用 用户 用途 用来 有效 有关 有用 有限 共有 说明 小说 说话 看到 看见 看来 做法 来自 原来
本来 未来 起来 出来 上来 下来 带来 到达 得到 达到 收到 直到 个人 个性 整个 一个 两个 几个 多个
一些 有些 一种 多种 一次 再次 首先 其次 层次 次数 多次 更新 更多 更好 变更 最后 最终 最近 最好
最大 最小 再见 也许 都会 很多 还原 给出 让步 被动 把握 和平 和谐 如下 规则 原则 否则 法则 立即
分为 作为 成为 认为 行为 以为 称为 人为 给定 来源 去除 失去 分支
"""
_SINGLE = frozenset(_SINGLES)
_WORDS = frozenset(_KNOWN.split())
_LONGEST = max(map(len, _WORDS))


def han_words(run: str) -> list[str]:
    """``run``, which is nothing but Chinese characters, cut into words."""
    words: list[str] = []
    start = at = 0
    while at < len(run):
        known = next((n for n in range(_LONGEST, 1, -1) if run[at : at + n] in _WORDS), 0)
        # A pair that began before must not be torn by a word that is known by chance.
        if known > 2 or (known and (at - start) % 2 == 0):
            words += _pairs(run[start:at])
            words.append(run[at : at + known])
            start = at = at + known
        elif run[at] in _SINGLE and (at - start) % 2 == 0:
            words += _pairs(run[start:at])
            words.append(run[at])
            start = at = at + 1
        else:
            at += 1
    return words + _pairs(run[start:])


def _pairs(rest: str) -> list[str]:
    """``rest`` in pairs; three at the end stay together."""
    words = [rest[at : at + 2] for at in range(0, len(rest), 2)]
    if len(words) > 1 and len(words[-1]) == 1:
        words[-2:] = ["".join(words[-2:])]
    return words
