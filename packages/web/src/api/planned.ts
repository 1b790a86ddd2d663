import type { components } from './schema.ts';

type Old = components['schemas'];

interface Planned {
  Permission:
    | Old['Permission']
    | 'audit:read'
    | 'settings:read'
    | 'settings:write'
    | 'balance:configure'
    | 'departments:write'
    | 'support:read'
    | 'members:read'
    | 'members:write';
  PermissionTable: {
    roles: { role: string; label: string; description: string }[];
    items: {
      permission: string;
      label: string;
      roles: string[];
      allowed: boolean;
      reason: string | null;
      ask: { name: string; role: string }[];
    }[];
  };
  Member: {
    userId: string;
    email: string;
    name: string;
    role: string;
    departmentIds: string[] | null;
    createdAt: string;
    lastSeenAt: string | null;
    twoFactor: boolean;
    you: boolean;
  };
  Invitation: { id: string; email: string; role: string; departmentIds: string[] | null; expiresAt: string };
  InvitationLink: { id: string; link: string; mailed: boolean };
  InvitationLookUp: { organization: string; email: string; role: string; known: boolean };
  Session: {
    id: string;
    createdAt: string;
    lastSeenAt: string | null;
    address: string | null;
    userAgent: string | null;
    current: boolean;
  };
  Settings: {
    general: {
      name: string;
      timeZone: string;
      currency: string;
      currencyLocked: boolean;
      weekStart: number;
      nightlyAt: string;
    };
    balance: {
      multipleCashRegisters: boolean;
      posImport: boolean;
      posConnectionId: string | null;
      autoConfirm: boolean;
      autoConfirmAt: string;
    };
    integrationContact: { name: string; email: string; phone: string };
    support: Planned['Support'];
  };
  Support: { name: string; email: string; phone: string; hours: string; links: { label: string; url: string }[] };
  Me: Old['Me'] & {
    departmentIds: string[] | null;
    twoFactor: boolean;
    actingAs: { role: string; since: string } | null;
  };
  Department: Old['Department'] & { posClientNumber: string | null; posTerminalNumbers: string[] };
}

export type Schemas = Omit<Old, keyof Planned> & Planned;
