import { useTranslation } from 'react-i18next';

interface ProviderSymbolProps {
  readonly provider: string;
}

/** Our own sign for a POS series: its letter on a tile; named for those who do not see it. */
export function ProviderSymbol({ provider }: ProviderSymbolProps) {
  const { t } = useTranslation();
  const isX = provider === 'lightspeed-x';
  return (
    <span
      className={isX ? 'tw-provider tw-provider-x' : 'tw-provider'}
      role="img"
      aria-label={t(isX ? 'providers.x' : 'providers.r')}
      title={t(isX ? 'providers.x' : 'providers.r')}
    >
      {isX ? 'X' : 'R'}
    </span>
  );
}
