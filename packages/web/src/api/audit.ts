import { useCursorList } from './cursor-list.ts';
import type { components } from './schema.ts';

export type AuditEntry = components['schemas']['AuditEntry'];

/** Which part of the audit: of one thing, or of one area. */
export interface AuditOf {
  readonly subjectKind?: string;
  readonly subjectId?: string;
  readonly action?: string;
}

/** Who did what and when, newest first. */
export function useAudit(of: AuditOf = {}) {
  return useCursorList<AuditEntry>('audit', '/audit', { ...of, limit: 25 });
}
