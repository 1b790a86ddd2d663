import { Autocomplete } from '@mantine/core';

interface ZoneInputProps {
  readonly label: string;
  readonly description?: string;
  readonly defaultValue?: string;
  readonly required?: boolean;
  readonly disabled?: boolean;
}

const zones = Intl.supportedValuesOf('timeZone');
const SHOWN_MAX = 20;

/** An IANA time zone by name, as the form field `timeZone`. */
export function ZoneInput(props: ZoneInputProps) {
  return <Autocomplete name="timeZone" data={zones} limit={SHOWN_MAX} maxLength={100} {...props} />;
}
