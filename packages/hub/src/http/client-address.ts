import { BlockList, isIP } from 'node:net';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';
import type { HubEnv } from './environment.ts';

const near = new BlockList();
near.addSubnet('127.0.0.0', 8);
near.addSubnet('10.0.0.0', 8);
near.addSubnet('172.16.0.0', 12);
near.addSubnet('192.168.0.0', 16);
near.addAddress('::1', 'ipv6');
near.addSubnet('fc00::', 7, 'ipv6');

/** The other end of the socket; null when the request did not come over one (tests call the app itself). */
export function socketAddress(c: Context<HubEnv>): string | null {
  if (typeof c.env !== 'object' || c.env === null || !('incoming' in c.env)) return null;
  const address = getConnInfo(c).remote.address;
  return address === undefined ? null : address.replace(/^::ffff:/u, '');
}

/**
 * The client's address for limits and logs. A forwarded address counts only when the socket's other end is a machine near us (a
 * reverse proxy), and then only the last entry, which that proxy wrote itself.
 */
export function clientAddress(c: Context<HubEnv>): string {
  const socket = socketAddress(c);
  if (socket !== null && !isNear(socket)) return socket;
  const forwarded = c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() ?? '';
  return isIP(forwarded) === 0 ? (socket ?? '127.0.0.1') : forwarded;
}

const LOCAL_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Whether the request came from this machine itself and was not passed on by a proxy. It must call us by a name of this machine: a page in
 * a browser here, made to reach us under its own name, is not trusted for where it runs.
 */
export function isLocal(c: Context<HubEnv>): boolean {
  const host = c.req.header('host') ?? '';
  if (!URL.canParse(`http://${host}`) || !LOCAL_NAMES.has(new URL(`http://${host}`).hostname)) return false;
  const socket = socketAddress(c);
  const passedOn = c.req.header('x-forwarded-for') !== undefined || c.req.header('forwarded') !== undefined;
  return (socket === '127.0.0.1' || socket === '::1') && !passedOn;
}

function isNear(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && near.check(address, family === 4 ? 'ipv4' : 'ipv6');
}
