// Runs in a folder where the third-party package `vend-nodejs-sdk` is installed, unmodified, with HTTPS_PROXY pointing at our proxy.
// Prints one JSON object: what the package read.
// The package is named by whoever runs this: in the repository itself it is not installed.
const { default: createSdk } = await import(process.argv[2]);

const { domainPrefix, clientId, clientSecret, refreshToken } = JSON.parse(process.env.PEER_CREDENTIALS);
const sdk = createSdk({});
// The package signs in by itself: its first request is refused, and it turns to the token endpoint.
const rotated = [];
const connection = {
  domainPrefix,
  accessToken: 'expired',
  refreshToken,
  vendTokenService: 'https://{DOMAIN_PREFIX}.vendhq.com/api/1.0/token',
  vendClientId: clientId,
  vendClientSecret: clientSecret,
  updateAccessToken: async ({ accessToken }) => rotated.push(accessToken),
};

const outlets = await sdk.outlets.fetchAll(undefined, connection);
const registers = await sdk.registers.fetchAll(undefined, connection);
const sales = await sdk.sales.fetchAll(undefined, connection);
const products = await sdk.products.fetchAll(connection);
const suppliers = await sdk.suppliers.fetchAll(connection);
const tags = await sdk.tags.fetchAll(undefined, connection);
const stopped = await pagesOf(async (number) => {
  const args = sdk.args.products.fetch();
  args.page.value = number;
  args.pageSize.value = 200;
  args.active.value = false;
  return await sdk.products.fetch(args, connection);
}, 'products');
const brands = await cursorOf((args) => sdk.brands.fetch(args, connection), sdk.args.brands.fetch);
const productTypes = await cursorOf((args) => sdk.productTypes.fetch(args, connection), sdk.args.productTypes.fetch);
const paymentTypes = (await sdk.paymentTypes.fetch(sdk.args.paymentTypes.fetch(), connection)).payment_types;
const taxes = (await sdk.taxes.fetch(sdk.args.taxes.fetch(), connection)).taxes;
// The package cannot name a page of customers: it reads the first, and others by what it knows of them.
const customers = (await sdk.customers.fetch(sdk.args.customers.fetch(), connection)).customers;
const buyers = [...new Set(sales.map((sale) => sale.customer_id))]
  .filter((id) => typeof id === 'string' && id !== '')
  .slice(0, 25);
const asked = [];
for (const id of buyers) asked.push([id, ...(await customersBy('apiId', id)).map((customer) => customer.id)]);
for (const { id, customer_code: code } of customers.slice(-5))
  asked.push([id, ...(await customersBy('code', code)).map((customer) => customer.id)]);

const one = {
  outlets: (await byId(sdk.outlets, outlets[0].id)).data,
  registers: (await byId(sdk.registers, registers[0].id)).data,
  products: (await byId(sdk.products, products[0].id)).products[0],
  suppliers: await byId(sdk.suppliers, suppliers[0].id),
};

const ids = (rows) => rows.map((row) => row.id).sort();
process.stdout.write(
  `\n${JSON.stringify({
    ids: {
      outlets: ids(outlets),
      registers: ids(registers),
      sales: ids(sales),
      products: ids([...products, ...stopped]),
      suppliers: ids(suppliers),
      tags: ids(tags),
      brands: ids(brands),
      product_types: ids(productTypes),
      payment_types: ids(paymentTypes),
      taxes: ids(taxes),
      customers: ids(customers),
    },
    lines: sales.reduce((sum, sale) => sum + sale.register_sale_products.length, 0),
    single: [
      [outlets[0].id, one.outlets.id],
      [registers[0].id, one.registers.id],
      [products[0].id, one.products.id],
      [suppliers[0].id, one.suppliers.id],
      ...asked,
    ],
    signIns: rotated.length,
  })}\n`,
);

async function byId(kind, id) {
  return await kind.fetchById({ apiId: { value: id } }, connection);
}

async function customersBy(name, value) {
  const args = sdk.args.customers.fetch();
  args[name].value = value;
  return (await sdk.customers.fetch(args, connection)).customers;
}

async function pagesOf(fetchPage, key) {
  const rows = [];
  for (let number = 1; ; number += 1) {
    const { pagination, [key]: page } = await fetchPage(number);
    rows.push(...page);
    if (pagination === undefined || number >= pagination.pages) return rows;
  }
}

async function cursorOf(fetchPage, makeArgs) {
  const rows = [];
  const args = makeArgs();
  args.pageSize.value = 3;
  for (;;) {
    const { data, version } = await fetchPage(args);
    if (data.length === 0) return rows;
    rows.push(...data);
    args.after.value = version.max;
  }
}
