import type { CommandDefinition } from './command.ts';

interface Listed {
  readonly name: string;
  readonly group: 'run' | 'data' | 'setup' | 'care';
  readonly load: () => Promise<{ command: CommandDefinition }>;
}

/** Every command, in the order of the help. Its summary is `cli.<name>.summary` in the messages. */
export const commands = [
  { name: 'start', group: 'run', load: () => import('./commands/start.ts') },
  { name: 'serve', group: 'run', load: () => import('./commands/serve.ts') },
  { name: 'work', group: 'run', load: () => import('./commands/work.ts') },
  { name: 'demo', group: 'run', load: () => import('./commands/demo.ts') },
  { name: 'user', group: 'setup', load: () => import('./commands/user.ts') },
  { name: 'access-token', group: 'setup', load: () => import('./commands/access-token.ts') },
  { name: 'connection', group: 'setup', load: () => import('./commands/connection.ts') },
  { name: 'oauth-client', group: 'setup', load: () => import('./commands/oauth-client.ts') },
  { name: 'map', group: 'setup', load: () => import('./commands/map.ts') },
  { name: 'turnover', group: 'data', load: () => import('./commands/turnover.ts') },
  { name: 'reconcile', group: 'data', load: () => import('./commands/reconcile.ts') },
  { name: 'sync', group: 'data', load: () => import('./commands/sync.ts') },
  { name: 'problems', group: 'data', load: () => import('./commands/problems.ts') },
  { name: 'migrate', group: 'care', load: () => import('./commands/migrate.ts') },
  { name: 'doctor', group: 'care', load: () => import('./commands/doctor.ts') },
  { name: 'backup', group: 'care', load: () => import('./commands/backup.ts') },
  { name: 'restore', group: 'care', load: () => import('./commands/restore.ts') },
  { name: 'secrets', group: 'care', load: () => import('./commands/secrets.ts') },
  { name: 'openapi', group: 'care', load: () => import('./commands/openapi.ts') },
] as const satisfies readonly Listed[];
