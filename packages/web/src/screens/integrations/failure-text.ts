import type { TFunction } from 'i18next';
import { en } from '../../text/en.ts';

const { failures } = en.integrations.outcome;

/** How a sign-in at the POS failed, in words of its own (C6). */
export function failureText(code: string | undefined, t: TFunction): string {
  return code !== undefined && isFailure(code)
    ? t(`integrations.outcome.failures.${code}`)
    : t('integrations.outcome.unknown', { code: code ?? '?' });
}

function isFailure(code: string): code is keyof typeof failures {
  return Object.hasOwn(failures, code);
}
