import { message } from '../../messages/message.ts';
import { defineCommand } from '../command.ts';
import { examine } from '../doctor/examine.ts';
import type { Finding } from '../doctor/finding.ts';
import { table } from '../output.ts';

const MARKS = { ok: '✓ ok', warning: '! look', failed: '✗ wrong' } as const satisfies Record<Finding['state'], string>;

/** `tillweave doctor`: looks at everything that can be looked at and says what to do. Ends with 1 when something is wrong. */
export const command = defineCommand((command, cli) => {
  command.description(message('cli.doctor.description')).action(async () => {
    const findings = await examine(cli.environment);
    const ok = findings.every(({ state }) => state !== 'failed');
    cli.output.result({ ok, checks: findings }, () => {
      const list = table<Finding>(
        [
          { title: 'check', value: ({ check }) => check },
          { title: '', value: ({ state }) => MARKS[state] },
          { title: 'found', value: ({ found }) => found },
        ],
        findings,
      );
      const remedies = findings.flatMap(({ check, remedy }) => (remedy === null ? [] : [`${check}: ${remedy}`]));
      return [list, ...remedies.map((remedy) => `→ ${remedy}`)].join('\n');
    });
    if (!ok) cli.exitCode = 1;
  });
});
