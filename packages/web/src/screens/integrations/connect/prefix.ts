const HOST = '.retail.lightspeed.app';

/** The store's name from what was typed or pasted: `NAME`, `NAME.retail.lightspeed.app`, `https://NAME.retail.lightspeed.app/any/page`; null when it is none of these (T2). */
export function prefixOf(text: string): string | null {
  const trimmed = text.trim().toLowerCase();
  const name = trimmed.replace(/^https?:\/\//, '').split(/[/?#]/)[0] ?? '';
  const bare = name.endsWith(HOST) ? name.slice(0, -HOST.length) : name;
  return /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(bare) ? bare : null;
}
