import { describe, expect, test } from 'vitest';
import { DEFAULT_PORT, readConfig } from './config.ts';
import { AppError } from './errors.ts';

const home = { TILLWEAVE_HOME: '/data' };

function failure(environment: NodeJS.ProcessEnv): AppError {
  try {
    readConfig({ ...home, ...environment });
  } catch (error) {
    if (error instanceof AppError) return error;
  }
  throw new Error('No AppError.');
}

describe('the configuration', () => {
  test('has a default for everything', () => {
    expect(readConfig(home)).toMatchObject({
      databaseUrl: null,
      home: '/data',
      secretKey: null,
      publicUrls: [{ name: 'default', url: `http://localhost:${DEFAULT_PORT}` }],
      port: DEFAULT_PORT,
      logLevel: 'info',
      smtpUrl: null,
      rBaseUrl: 'https://api.lightspeedapp.com',
      rAuthUrl: 'https://cloud.lightspeedapp.com',
      xBaseUrl: 'https://{prefix}.retail.lightspeed.app',
    });
  });

  test.each(['', '/', '/API', '/API/', '/API/V3', '/API/V3/'])('the R-Series base may end in "%s"', (ending) => {
    expect(readConfig({ ...home, TILLWEAVE_R_BASE_URL: `http://localhost:4010${ending}` }).rBaseUrl).toBe(
      'http://localhost:4010',
    );
  });

  test.each(['', '/', '/auth/oauth', '/auth/oauth/', '/oauth'])('the R-Series sign-in base may end in "%s"', (ending) => {
    expect(readConfig({ ...home, TILLWEAVE_R_AUTH_URL: `http://localhost:4010${ending}` }).rAuthUrl).toBe(
      'http://localhost:4010',
    );
  });

  test('takes a template for the X-Series origin', () => {
    expect(readConfig({ ...home, TILLWEAVE_X_BASE_URL: 'https://{prefix}.example.test/api/' }).xBaseUrl).toBe(
      'https://{prefix}.example.test',
    );
  });

  test('takes several public addresses by name', () => {
    const { publicUrls } = readConfig({ ...home, TILLWEAVE_PUBLIC_URL: 'na=https://one.example/, eu=https://two.example/till' });
    expect(publicUrls).toEqual([
      { name: 'na', url: 'https://one.example' },
      { name: 'eu', url: 'https://two.example/till' },
    ]);
  });

  test.each([
    ['PORT', '80a'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['LOG_LEVEL', 'loud'],
    ['TILLWEAVE_HOME', 'relative/path'],
    ['TILLWEAVE_PUBLIC_URL', 'ftp://files.example'],
    ['TILLWEAVE_PUBLIC_URL', 'https://one.example,https://two.example'],
    ['TILLWEAVE_PUBLIC_URL', 'https://user:secret@one.example'],
    ['TILLWEAVE_R_BASE_URL', 'localhost'],
    ['TILLWEAVE_X_BASE_URL', '{prefix}'],
    ['SMTP_URL', 'mail.example'],
  ])('%s=%s is refused, naming the variable and not repeating the value', (name, value) => {
    const error = failure({ [name]: value });
    expect(error.code).toBe('config_invalid');
    expect(error.exitCode).toBe(2);
    expect(error.message).toContain(name);
    expect(error.message).not.toContain('secret');
  });

  test('an empty value counts as absent', () => {
    expect(readConfig({ ...home, DATABASE_URL: ' ', PORT: '' })).toMatchObject({ databaseUrl: null, port: DEFAULT_PORT });
  });
});
