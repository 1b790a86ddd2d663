import { message, type MessageValues } from '../../messages/message.ts';
import { kindOf, type NotificationKind } from './kinds.ts';

const NAMES_SHOWN = 5;

/** What a person reads. */
export interface NotificationText {
  readonly title: string;
  readonly text: string;
  readonly fix: { readonly label: string; readonly href: string } | null;
}

/** The texts of a notification; lists of names are joined, a long one is cut. */
export function textOf(kind: NotificationKind, data: Readonly<Record<string, unknown>>): NotificationText {
  const values = valuesOf(data);
  const { fix } = kindOf(kind);
  return {
    title: message(`notification.${kind}.title`, values),
    text: message(`notification.${kind}.text`, values),
    fix:
      fix === null
        ? null
        : {
            label: message(`notification.${kind}.fix`, values),
            href: fix.replaceAll(/\{(\w+)\}/gu, (_, name: string) => encodeURIComponent(String(values[name] ?? ''))),
          },
  };
}

function valuesOf(data: Readonly<Record<string, unknown>>): MessageValues {
  const values: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(data)) {
    if (typeof value === 'string' || typeof value === 'number') values[name] = value;
    if (Array.isArray(value)) {
      const names = value.map(String);
      values[name] = names.slice(0, NAMES_SHOWN).join(', ') + (names.length > NAMES_SHOWN ? ', …' : '');
    }
  }
  return values;
}
