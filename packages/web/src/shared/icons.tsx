import type { ReactNode } from 'react';

/** The frame of our icons: decoration beside a text, or inside a button that has a name. */
function Icon({ children }: { readonly children: ReactNode }) {
  return (
    <svg
      viewBox="0 0 24 24"
      width={16}
      height={16}
      fill="none"
      stroke="currentColor"
      strokeWidth={2}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

export function SnowflakeIcon() {
  return (
    <Icon>
      <path d="M12 2v20M3.3 7l17.4 10M3.3 17 20.7 7" />
      <path d="m9.5 4 2.5 2.5L14.5 4M9.5 20l2.5-2.5 2.5 2.5" />
    </Icon>
  );
}

/** The flake with drops below it: it melts. */
export function MeltingSnowflakeIcon() {
  return (
    <Icon>
      <path d="M12 2v12M6.8 5l10.4 6M6.8 11l10.4-6" />
      <path d="M7 17v2M12 18v4M17 17v2" />
    </Icon>
  );
}

export function CheckIcon() {
  return (
    <Icon>
      <path d="m5 13 4.5 4.5L19 7" />
    </Icon>
  );
}

export function SyncIcon() {
  return (
    <Icon>
      <path d="M20 11a8 8 0 0 0-14.5-4M4 13a8 8 0 0 0 14.5 4" />
      <path d="M5 2v5h5M19 22v-5h-5" />
    </Icon>
  );
}

export function WaitIcon() {
  return (
    <Icon>
      <path d="M7 3h10M7 21h10M8 3c0 6 8 7 8 18M16 3c0 6-8 7-8 18" />
    </Icon>
  );
}

export function WarningIcon() {
  return (
    <Icon>
      <path d="M12 3 2 21h20ZM12 10v5M12 18v.01" />
    </Icon>
  );
}

export function StopIcon() {
  return (
    <Icon>
      <circle cx={12} cy={12} r={9} />
      <path d="m6 6 12 12" />
    </Icon>
  );
}
