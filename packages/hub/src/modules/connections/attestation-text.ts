/** What somebody confirms about a source of people's data, word by word (M3). */
export const AGE_GATE = 'All users from this source have passed an age gate compliant with my industry';
