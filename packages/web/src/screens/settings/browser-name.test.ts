import { expect, test } from 'vitest';
import { browserName } from './browser-name.ts';

test('a session names the browser as people call it', () => {
  expect(
    browserName('Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/156.0.0.0 Safari/537.36'),
  ).toBe('Chrome 156, Linux');
  expect(browserName('Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/150.0 Safari/537.36 Edg/150.0')).toBe(
    'Edge 150, Windows',
  );
  expect(
    browserName(
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1',
    ),
  ).toBe('Safari 18, iOS');
  expect(browserName('curl/8.9.1')).toBe('curl/8.9.1');
});
