import { message } from '../../messages/message.ts';
import { COMMAND_ACTOR } from '../../modules/audit/record-audit.ts';
import { findDepartment, findShop } from '../../modules/stores/find-by-name.ts';
import { BEGINNING } from '../../modules/stores/mapping.ts';
import { listMappings, listShops } from '../../modules/stores/queries.ts';
import { day } from '../../modules/stores/schema-parts.ts';
import type { Mapping, Shop } from '../../modules/stores/schemas.ts';
import { mapFrom } from '../../modules/stores/set-mappings.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { AppError } from '../../platform/errors.ts';
import { type Cli, defineCommand } from '../command.ts';
import { chooseOrganization, takesOrganization, withServices } from '../open.ts';
import { table } from '../output.ts';

interface Options {
  readonly organization?: string;
  readonly register?: string;
  readonly from?: string;
  readonly until?: string;
}

/** `tillweave map …`: which department each POS shop's sales belong to, and since when. */
export const command = defineCommand((command, cli) => {
  command.description(message('cli.map.description'));

  takesOrganization(command.command('list').description(message('map.list'))).action(async (options: Options) =>
    printMappings(cli, options),
  );

  takesOrganization(command.command('set').summary(message('map.set')).description(message('map.set.description')))
    .argument('<shop>', message('map.shop'))
    .argument('<department>', message('map.department'))
    .option('--register <id>', message('map.register'))
    .option('--from <day>', message('map.from'))
    .option('--until <day>', message('map.until'))
    .addHelpText('after', `\n${message('map.set.example')}`)
    .action(async (shop: string, department: string, options: Options) => change(cli, shop, department, options));

  takesOrganization(command.command('remove').summary(message('map.remove')).description(message('map.remove.description')))
    .argument('<shop>', message('map.shop'))
    .option('--register <id>', message('map.register'))
    .option('--from <day>', message('map.from'))
    .option('--until <day>', message('map.until'))
    .action(async (shop: string, options: Options) => change(cli, shop, null, options));
});

async function change(cli: Cli, wantedShop: string, wantedDepartment: string | null, options: Options): Promise<void> {
  const from = dayOf(options.from) ?? BEGINNING;
  const until = dayOf(options.until);
  if (until !== null && until <= from) throw new AppError('invalid_request', '--until must be after --from.');
  await withServices(cli, async (services) => {
    const { id } = await chooseOrganization(services, options.organization);
    const { shop, mappings } = await tenantTransaction(services.db, id, async (trx) => {
      const found = await findShop(trx, id, wantedShop, todayUtc(services.clock.now()));
      const department = wantedDepartment === null ? null : await findDepartment(trx, id, wantedDepartment);
      requireRegister(found, options.register);
      const { posAccountId, shopId } = found;
      const target = { posAccountId, shopId, registerId: options.register ?? null, departmentId: department?.id ?? null };
      const by = { actor: COMMAND_ACTOR, at: new Date(services.clock.now()) };
      const mapped = await mapFrom(trx, id, { ...target, from, until }, by);
      return { shop: found, mappings: mapped };
    });
    cli.output.result(
      { posAccountId: shop.posAccountId, shopId: shop.shopId, mappings },
      mappings.length === 0
        ? message('map.none', { shop: shop.name })
        : `${message('map.changed', { shop: shop.name })}\n\n${mappingTable(mappings)}`,
    );
  });
}

async function printMappings(cli: Cli, options: Options): Promise<void> {
  await withServices(cli, async (services) => {
    const { id } = await chooseOrganization(services, options.organization);
    const { shops, mappings } = await tenantTransaction(services.db, id, async (trx) => ({
      shops: await listShops(trx, id, todayUtc(services.clock.now())),
      mappings: await listMappings(trx, id),
    }));
    const bare = shops.filter((shop) => shop.mappings.length === 0);
    cli.output.result(
      { mappings, unmappedShops: bare.map(({ posAccountId, shopId, name }) => ({ posAccountId, shopId, name })) },
      () => (shops.length === 0 ? message('map.no_shops') : mappingTable([...mappings, ...bare])),
    );
  });
}

function mappingTable(rows: readonly (Mapping | Shop)[]): string {
  return table(
    [
      { title: 'shop', value: (row) => ('shopName' in row ? row.shopName : row.name) },
      { title: 'id', value: (row) => row.shopId },
      { title: 'register', value: (row) => ('departmentId' in row ? registerText(row) : '') },
      { title: 'store', value: (row) => ('departmentId' in row ? row.storeName : '') },
      { title: 'department', value: (row) => ('departmentId' in row ? row.departmentName : message('map.unmapped')) },
      { title: 'from', value: (row) => ('departmentId' in row ? fromText(row.from) : '') },
      { title: 'until', value: (row) => ('departmentId' in row ? row.until : '') },
    ],
    rows,
  );
}

function registerText({ registerId, registerName }: Mapping): string {
  if (registerId === null) return message('map.whole_shop');
  return registerName === null ? registerId : `${registerName} (${registerId})`;
}

function fromText(from: string): string {
  return from === BEGINNING ? message('map.beginning') : from;
}

function requireRegister(shop: Shop, registerId: string | undefined): void {
  if (registerId === undefined || shop.registers.some((register) => register.registerId === registerId)) return;
  const known = shop.registers.map(({ registerId: id, name }) => `${id} (${name})`).join(', ') || '–';
  throw new AppError('not_found', `${shop.name} has no register ${registerId}. Its registers: ${known}.`);
}

function dayOf(text: string | undefined): string | null {
  if (text === undefined) return null;
  const parsed = day.safeParse(text);
  if (!parsed.success) throw new AppError('invalid_request', message('map.bad_day', { text }));
  return parsed.data;
}

function todayUtc(now: number): string {
  return new Date(now).toISOString().slice(0, 10);
}
