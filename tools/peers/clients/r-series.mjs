// Runs in a folder where the third-party package `lightspeed-retail-sdk` is installed, unmodified, with HTTPS_PROXY pointing at our proxy.
// Prints one JSON object: what the package read.
import SDK, { InMemoryTokenStorage } from 'lightspeed-retail-sdk';

const { accountID, clientId, clientSecret, refreshToken } = JSON.parse(process.env.PEER_CREDENTIALS);
const tokenStorage = new InMemoryTokenStorage();
await tokenStorage.setTokens({ refresh_token: refreshToken });
const sdk = new SDK({ clientID: clientId, clientSecret, accountID, tokenStorage });

const sales = await sdk.getSales({ load_relations: ['SaleLines', 'SalePayments'] });
const one = await sdk.getSale(sales[0].saleID);
const customers = await sdk.getCustomers({ relations: ['Contact'], archived: 'true' });
const [employees, registers, paymentTypes] = [await sdk.getEmployees(), await sdk.getRegisters(), await sdk.getPaymentTypes()];
const ids = (rows, key) => rows.map((row) => Number(row[key])).sort((a, b) => a - b);
process.stdout.write(
  `${JSON.stringify({
    Sale: ids(sales, 'saleID'),
    Customer: ids(customers, 'customerID'),
    counts: { employees: employees.length, registers: registers.length, paymentTypes: paymentTypes.length, one: one.length },
  })}\n`,
);
