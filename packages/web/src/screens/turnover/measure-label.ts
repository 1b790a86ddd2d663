/** `net_sales_incl` → "Net sales incl. tax": the name people see follows from the measure's own. */
export function measureLabel(name: string): string {
  const text = name.replace(/_incl$/u, ' incl. tax').replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
