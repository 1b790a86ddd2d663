import { createTheme, Drawer, Modal, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

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

/** The green of *Connect*; shade 9 carries white text. */
const leaf: MantineColorsTuple = [
  '#e9f7ec',
  '#d5ecda',
  '#aad9b4',
  '#7cc58b',
  '#56b469',
  '#3fa953',
  '#2f9a45',
  '#23803a',
  '#1a7032',
  '#0f5f27',
];

/** Quiet text is still text: 4.5 : 1 on every ground of ours, in both themes. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: { '--mantine-color-dimmed': '#566069', '--mantine-color-placeholder': '#656d75', '--mantine-color-error': '#b02020' },
  dark: { '--mantine-color-dimmed': '#a6adb5', '--mantine-color-placeholder': '#a0a6ad', '--mantine-color-error': '#ff9d9d' },
});

export const theme = createTheme({
  colors: { weave, leaf },
  primaryColor: 'weave',
  primaryShade: { light: 8, dark: 8 },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif',
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // Their heading is a <header> outside of our landmarks, which would be a second banner of the page.
    Modal: Modal.extend({ defaultProps: { attributes: { header: { role: 'presentation' } } } }),
    Drawer: Drawer.extend({ defaultProps: { attributes: { header: { role: 'presentation' } } } }),
  },
  headings: { fontWeight: '600', sizes: { h1: { fontSize: '1.4rem' }, h2: { fontSize: '1.1rem' }, h3: { fontSize: '1rem' } } },
});
