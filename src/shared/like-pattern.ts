/** What SQL `like` finds these words with, anywhere in a text; its own signs in them mean themselves. */
export const likeAnywhere = (words: string): string => `%${words.replaceAll(/[\\%_]/g, '\\$&')}%`;

/** The same for a search that need not be made: null where it has no words. */
export const likeSearch = (words: string): string | null => (words === '' ? null : likeAnywhere(words));
