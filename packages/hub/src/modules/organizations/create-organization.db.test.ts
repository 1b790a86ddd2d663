import { expect, test } from 'vitest';
import { testServices } from '../../../../../test/services.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { ensureFirstOrganization } from './create-organization.ts';
import { createOwner, setupNeeded, setupToken, setUpFirstOwner } from './create-owner.ts';

const person = { email: 'ada@example.com', name: 'Ada', password: 'a long enough one' };

test('what was connected before anybody had an account belongs to the first person, under the name they chose', async () => {
  const services = await testServices();
  await services.pool.query('delete from organization');
  const made = await ensureFirstOrganization(services, 'My company');
  expect(made).not.toBeNull();
  expect(await ensureFirstOrganization(services, 'My company')).toBeNull();
  expect(await setupNeeded(services)).toBe(true);

  const input = { ...person, organizationName: 'Ada & Co', currency: 'DKK', timeZone: 'Europe/Copenhagen' };
  const { organizationId } = await setUpFirstOwner(services, setupToken(services), input);
  expect(organizationId).toBe(made);
  const row = await tenantTransaction(services.db, organizationId, (trx) =>
    trx.selectFrom('organization').select(['name', 'currency', 'time_zone']).executeTakeFirstOrThrow(),
  );
  expect(row).toEqual({ name: 'Ada & Co', currency: 'DKK', time_zone: 'Europe/Copenhagen' });
});

test('an organization that somebody belongs to is never taken over', async () => {
  const services = await testServices();
  const first = await createOwner(services, { ...person, organizationName: 'First' });
  const second = await createOwner(services, { ...person, email: 'bo@example.com', organizationName: 'Second' });
  expect(second.organizationId).not.toBe(first.organizationId);
});
