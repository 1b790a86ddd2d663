/**
 * The XML form of an answer, made from its JSON: XML is what the API speaks by default, JSON is what PHP makes of it. `moneyFields` get the
 * account's currency as an attribute.
 */
export function writeXml(json: string, root: string, currency: string, moneyFields: ReadonlySet<string>): string {
  const parsed: unknown = JSON.parse(json);
  // A single record's JSON is wrapped in its own name, which in XML is the root itself.
  const inner =
    typeof parsed === 'object' && parsed !== null ? Object.entries(parsed).find(([key]) => key === root)?.[1] : undefined;
  const out: string[] = ['<?xml version="1.0" encoding="UTF-8"?>\n'];
  writeElement(out, root, inner ?? parsed, { currency, moneyFields });
  return out.join('');
}

/** The root element of a list: `Sales`, `Categories`, `TaxClasses`. */
export function plural(name: string): string {
  if (/[^aeiou]y$/.test(name)) return `${name.slice(0, -1)}ies`;
  return name.endsWith('s') ? `${name}es` : `${name}s`;
}

interface Style {
  readonly currency: string;
  readonly moneyFields: ReadonlySet<string>;
}

function writeElement(out: string[], name: string, value: unknown, style: Style): void {
  if (Array.isArray(value)) {
    for (const member of value) writeElement(out, name, member, style);
    return;
  }
  if (typeof value !== 'object' || value === null) {
    const text = typeof value === 'string' ? value : '';
    const attribute = style.moneyFields.has(name) ? ` currency="${style.currency}"` : '';
    out.push(text === '' ? `<${name}${attribute}/>` : `<${name}${attribute}>${escapeXml(text)}</${name}>`);
    return;
  }
  const entries = Object.entries(value);
  const attributes = entries.find(([key]) => key === '@attributes')?.[1];
  out.push(`<${name}${writeAttributes(attributes)}`);
  const children = entries.filter(([key]) => key !== '@attributes');
  if (children.length === 0) {
    out.push('/>');
    return;
  }
  out.push('>');
  for (const [key, child] of children) writeElement(out, key, child, style);
  out.push(`</${name}>`);
}

function writeAttributes(attributes: unknown): string {
  if (typeof attributes !== 'object' || attributes === null) return '';
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`)
    .join('');
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
