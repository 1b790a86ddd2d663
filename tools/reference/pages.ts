import { acceptancePage } from './acceptance.ts';
import { permissionsPage } from '../../packages/hub/src/modules/organizations/permissions-page.ts';
import { coverageTable } from './coverage.ts';
import { unverifiedPage } from './unverified.ts';

/** Every generated page with its path from the root. */
export async function generatedPages(): Promise<readonly { readonly path: string; readonly text: string }[]> {
  return [
    { path: 'docs/reference/r-series-coverage.md', text: await coverageTable() },
    { path: 'docs/reference/unverified.md', text: await unverifiedPage() },
    { path: 'docs/reference/permissions.md', text: permissionsPage() },
    { path: 'docs/reference/acceptance.md', text: acceptancePage() },
  ];
}
