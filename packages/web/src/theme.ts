import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** Our own teal: dark enough at shade 8 that white text on it passes WCAG AA (the library's default button does not). */
const weave: MantineColorsTuple = [
  '#e6f6f4',
  '#d3eae7',
  '#a8d5cf',
  '#7abfb7',
  '#55ada3',
  '#3da297',
  '#2d9c91',
  '#1c887e',
  '#0b6a64',
  '#00564f',
];

export const theme = createTheme({
  colors: { weave },
  primaryColor: 'weave',
  primaryShade: { light: 8, dark: 8 },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif',
  defaultRadius: 'sm',
  cursorType: 'pointer',
  headings: { fontWeight: '600', sizes: { h1: { fontSize: '1.4rem' }, h2: { fontSize: '1.1rem' }, h3: { fontSize: '1rem' } } },
});
