import { useEffect, useState } from 'react';

/** The token of a mailed link: what follows `#`, which no server and no log ever sees; another link in the same tab is another token. */
export function useLinkToken(): string {
  const [token, setToken] = useState(linkToken);
  useEffect(() => {
    const change = () => setToken(linkToken());
    window.addEventListener('hashchange', change);
    return () => window.removeEventListener('hashchange', change);
  }, []);
  return token;
}

function linkToken(): string {
  const text = window.location.hash.slice(1);
  try {
    return decodeURIComponent(text);
  } catch {
    // Cut off in the middle of an escape: no token of ours.
    return text;
  }
}
