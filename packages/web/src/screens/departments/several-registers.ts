import { useSettings } from '../../api/people.ts';
import { useMay } from '../../shared/permission.ts';

/** Whether registers are mapped one by one (*Multi cash registers*, W2); until that is known they are shown. */
export function useSeveralRegisters(): boolean {
  const settings = useSettings(useMay('settings:read'));
  return settings.data?.balance.multipleCashRegisters ?? true;
}
