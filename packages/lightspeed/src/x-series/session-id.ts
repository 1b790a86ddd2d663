import { isAbsent, readOptionalXId, readSection } from './read.ts';
import type { Section } from './read.ts';

/** The register session that a sale or payment names, beside its fields (flat) or in `_metadata` (nested); nothing where it names none. */
export function readSessionId(section: Section, key: string): { readonly sessionId?: string } {
  const holder = isAbsent(section.fields[key]) ? readSection(section, '_metadata') : section;
  const sessionId = readOptionalXId(holder, key);
  return sessionId === null ? {} : { sessionId };
}
