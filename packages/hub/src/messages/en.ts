import { cli } from './en/cli.ts';
import { connections } from './en/connections.ts';
import { demo } from './en/demo.ts';
import { errors } from './en/errors.ts';
import { notifications } from './en/notifications.ts';
import { people } from './en/people.ts';
import { sync } from './en/sync.ts';
import { turnover } from './en/turnover.ts';

/** English. Each area has a file of its own; keys begin with the area's name. */
export const en = { ...errors, ...cli, ...demo, ...sync, ...turnover, ...connections, ...notifications, ...people } as const;
