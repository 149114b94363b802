/* SPDX-License-Identifier: MIT
   What the tests load in place of Enchant: it knows "hello" and what it is taught. */
#include <stdlib.h>
#include <string.h>

static char taught[64];
static int open_dictionaries;

static char *copy(const char *text) { char *made = malloc(strlen(text) + 1); return strcpy(made, text); }

void *enchant_broker_init(void) { return malloc(1); }
void enchant_broker_free(void *broker) { free(broker); }
void *enchant_broker_request_dict(void *broker, const char *tag) {
    if (strcmp(tag, "en_US")) return 0;
    open_dictionaries++;
    return malloc(1);
}
void enchant_broker_free_dict(void *broker, void *dictionary) { open_dictionaries--; free(dictionary); }
int enchant_dict_check(void *dictionary, const char *word, long length) {
    return !((length == 5 && !strncmp(word, "hello", 5)) || (length == 5 && !strncmp(word, "don't", 5))
             || ((long)strlen(taught) == length && !strncmp(word, taught, length)));
}
char **enchant_dict_suggest(void *dictionary, const char *word, long length, size_t *count) {
    *count = 0;
    if (*word != 'h') return 0;
    char **texts = malloc(2 * sizeof(char *));
    texts[0] = copy("hello");
    texts[1] = copy("h\xc3\xa9las");
    *count = 2;
    return texts;
}
void enchant_dict_free_string_list(void *dictionary, char **texts) { free(texts[0]); free(texts[1]); free(texts); }
void enchant_dict_add(void *dictionary, const char *word, long length) { strncpy(taught, word, length); taught[length] = 0; }
int dictionaries_in_use(void) { return open_dictionaries; }
