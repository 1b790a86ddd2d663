import { badRequest, notFound } from '../errors.ts';
import { readStamp } from '../dates.ts';
import type { Drawers } from '../drawers.ts';
import { openSince } from '../resources/tills.ts';
import type { WithdrawRow } from '../resources/tills.ts';
import type { ManualClosing } from '../trade-book.ts';
import type { View } from '../view.ts';
import type { RegisterRecord } from '../../world/types.ts';
import { readDecimalField, readField, readIdField } from './body.ts';
import type { Body } from './body.ts';

const cash = '1';

export function registerById(id: string, view: View): RegisterRecord {
  const register = view.register(id);
  if (register === undefined) throw notFound('Register', id);
  return register;
}

/** `POST Register/{id}/open.json` (R §7.2): answers with the float. */
export function openRegister(register: RegisterRecord, body: Body, drawers: Drawers, view: View): WithdrawRow {
  if (openSince(register, view) !== undefined) throw badRequest('Register not opened. It is open already.');
  const employeeId = readIdField(body, 'employeeID') ?? '1';
  drawers.open(register.id, view.state.now, employeeId);
  return withdraw(register.id, body, employeeId, drawers, view);
}

/** `POST RegisterWithdraw.json`: + put in, − taken out. */
export function addWithdraw(body: Body, drawers: Drawers, view: View): WithdrawRow {
  const register = registerById(readIdField(body, 'registerID') ?? '0', view);
  return withdraw(register.id, body, readIdField(body, 'employeeID') ?? '1', drawers, view);
}

function withdraw(registerId: string, body: Body, employeeId: string, drawers: Drawers, view: View): WithdrawRow {
  const paymentTypeId = readIdField(body, 'paymentTypeID') ?? cash;
  if (view.paymentType(paymentTypeId) === undefined) throw badRequest(`There is no PaymentType with ID '${paymentTypeId}'.`);
  return drawers.withdraw({
    amount: readDecimalField(body, 'amount') ?? '0',
    createTime: Math.floor(view.state.now / 1000) * 1000,
    notes: readField(body, 'notes') ?? '',
    employeeId,
    paymentTypeId,
    registerId,
  });
}

/** `POST Register/{id}/close.json`. */
export function closeRegister(register: RegisterRecord, body: Body, drawers: Drawers, view: View): ManualClosing {
  const opened = openSince(register, view);
  if (opened === undefined) throw badRequest('Register not closed. It is not open.');
  const openText = readField(body, 'openTime');
  const openTime = openText === undefined ? undefined : readStamp(openText, view.account.zone);
  return drawers.close({
    registerId: register.id,
    openTime: openTime === undefined ? opened.at : openTime * 1000,
    closeTime: Math.floor(view.state.now / 1000) * 1000,
    openEmployeeId: opened.employeeId,
    closeEmployeeId: readIdField(body, 'closeEmployeeID') ?? opened.employeeId,
    notes: readField(body, 'notes') ?? '',
  });
}
