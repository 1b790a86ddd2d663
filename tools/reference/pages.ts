import { acceptancePage } from './acceptance.ts';
import { coverageTable } from './coverage.ts';
import { unverifiedPage } from './unverified.ts';

/** Every generated page with its path from the root. */
export async function generatedPages(): Promise<readonly { readonly path: string; readonly text: string }[]> {
  return [
    { path: 'docs/reference/r-series-coverage.md', text: await coverageTable() },
    { path: 'docs/reference/unverified.md', text: await unverifiedPage() },
    { path: 'docs/reference/acceptance.md', text: acceptancePage() },
  ];
}
