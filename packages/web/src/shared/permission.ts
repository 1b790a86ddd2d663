import { useMe } from '../api/me.ts';

type Permission =
  | 'overview:read'
  | 'turnover:read'
  | 'receipts:read'
  | 'documents:read'
  | 'connections:read'
  | 'connections:write'
  | 'sync:run'
  | 'runs:read';

/** Whether who is signed in may do something; what they may not is not offered. The server decides. */
export function useMay(permission: Permission): boolean {
  return useMe().data?.permissions.includes(permission) ?? false;
}
