import { message } from '../../messages/message.ts';
import type { ConnectionCard } from './card.ts';

/** One of the four questions of the help page, with an answer from how things stand (M15). */
export interface HelpItem {
  readonly id: 'when_data' | 'is_active' | 'unmapped' | 'more_settings';
  readonly question: string;
  readonly answer: string;
}

/** The four questions people ask about a connection, answered for this one, now. */
export function helpOf(card: ConnectionCard): HelpItem[] {
  return [
    { id: 'when_data', question: message('connection.help.when_data'), answer: whenData(card) },
    { id: 'is_active', question: message('connection.help.is_active'), answer: isActive(card) },
    { id: 'unmapped', question: message('connection.help.unmapped'), answer: unmapped(card) },
    {
      id: 'more_settings',
      question: message('connection.help.more_settings'),
      answer: message('connection.help.settings_answer'),
    },
  ];
}

function whenData({ data, posAccount }: ConnectionCard): string {
  if (posAccount === null) return message('connection.help.not_authorized');
  const next = data.nextAt === null ? '' : message('connection.help.next', { at: shown(data.nextAt) });
  if (data.importing !== null) {
    const { share, secondsLeft } = data.importing;
    const percent = share === null ? '?' : String(Math.floor(share * 100));
    if (secondsLeft === null) return message('connection.help.importing', { percent });
    return message('connection.help.importing_eta', { percent, minutes: Math.max(1, Math.ceil(secondsLeft / 60)) });
  }
  if (data.firstAt === null) return `${message('connection.help.no_data')} ${next}`.trim();
  const facts = { first: shown(data.firstAt), last: data.lastAt === null ? '–' : shown(data.lastAt) };
  return `${message('connection.help.data', facts)} ${next}`.trim();
}

function isActive({ state, stateReason, setUp, lastCallAt, appName }: ConnectionCard): string {
  const where = appName === null ? message('connection.help.look_anywhere') : message('connection.help.look_for', { appName });
  const last = lastCallAt === null ? '' : message('connection.help.last_call', { at: shown(lastCallAt) });
  const answer = message(`connection.help.state.${state}`, { reason: stateReason ?? '' });
  const missing = setUp.complete ? '' : message('connection.help.incomplete', { steps: missingSteps(setUp) });
  return [answer, missing, last, where].filter((text) => text !== '').join(' ');
}

function missingSteps({ steps }: ConnectionCard['setUp']): string {
  return steps
    .filter(({ done }) => !done)
    .map(({ step }) => message(`connection.help.step.${step}`))
    .join(', ');
}

function unmapped({ unmappedShops, posAccount }: ConnectionCard): string {
  if (posAccount === null) return message('connection.help.not_authorized');
  if (unmappedShops === 0) return message('connection.help.all_mapped');
  return message('connection.help.some_unmapped', { count: unmappedShops });
}

/** To the minute, in UTC, which the text says. */
function shown(instant: string): string {
  return `${instant.slice(0, 16).replace('T', ' ')} UTC`;
}
