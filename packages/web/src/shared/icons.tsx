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

export function OverviewIcon() {
  return (
    <Icon>
      <path d="M4 13h6V4H4ZM14 20h6v-9h-6ZM14 7h6V4h-6ZM4 20h6v-3H4Z" />
    </Icon>
  );
}

export function PlugIcon() {
  return (
    <Icon>
      <path d="M9 3v5M15 3v5M6 8h12v3a6 6 0 0 1-12 0ZM12 17v4" />
    </Icon>
  );
}

export function StoreIcon() {
  return (
    <Icon>
      <path d="M4 9 5.5 4h13L20 9M4 9a2.7 2.7 0 0 0 5.3 0 2.7 2.7 0 0 0 5.4 0A2.7 2.7 0 0 0 20 9M5.5 12v8h13v-8M10 20v-5h4v5" />
    </Icon>
  );
}

export function DepartmentsIcon() {
  return (
    <Icon>
      <path d="M9 3h6v5H9ZM3 16h6v5H3ZM15 16h6v5h-6ZM12 8v4M6 16v-4h12v4" />
    </Icon>
  );
}

export function ChartIcon() {
  return (
    <Icon>
      <path d="M4 20V4M4 20h16M8 16v-4M12 16V7M16 16v-6" />
    </Icon>
  );
}

export function ActivityIcon() {
  return (
    <Icon>
      <path d="M3 12h4l3-8 4 16 3-8h4" />
    </Icon>
  );
}

export function SettingsIcon() {
  return (
    <Icon>
      <path d="M4 7h9M17 7h3M4 17h3M11 17h9" />
      <circle cx={15} cy={7} r={2} />
      <circle cx={9} cy={17} r={2} />
    </Icon>
  );
}

export function BellIcon() {
  return (
    <Icon>
      <path d="M6 17V11a6 6 0 0 1 12 0v6l2 1H4ZM10 21h4" />
    </Icon>
  );
}

export function HelpIcon() {
  return (
    <Icon>
      <path d="M9 9a3 3 0 1 1 4.5 2.6c-1 .6-1.5 1.2-1.5 2.4M12 18v.01" />
    </Icon>
  );
}

export function SearchIcon() {
  return (
    <Icon>
      <circle cx={10.5} cy={10.5} r={6.5} />
      <path d="m20 20-4.8-4.8" />
    </Icon>
  );
}

export function PencilIcon() {
  return (
    <Icon>
      <path d="M4 20l1-5L16 4l4 4L9 19Z" />
    </Icon>
  );
}

export function PlusIcon() {
  return (
    <Icon>
      <path d="M12 5v14M5 12h14" />
    </Icon>
  );
}

export function CrossIcon() {
  return (
    <Icon>
      <path d="m6 6 12 12M18 6 6 18" />
    </Icon>
  );
}

export function ScalesIcon() {
  return (
    <Icon>
      <path d="M12 4v16M8 20h8M5 7h14M5 7l-3 7h6ZM19 7l-3 7h6Z" />
    </Icon>
  );
}
