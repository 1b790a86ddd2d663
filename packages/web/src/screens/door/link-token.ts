/** The token of a mailed link: what follows `#`, which no server and no log ever sees. */
export function linkToken(): string {
  return decodeURIComponent(window.location.hash.slice(1));
}
