import type { PaymentTypeRecord } from '../../world/types.ts';
import { constant, flag, id, text } from '../resource.ts';
import type { Resource } from '../resource.ts';

/** R §7.7. */
export const paymentType: Resource<PaymentTypeRecord> = {
  name: 'PaymentType',
  idField: 'paymentTypeID',
  scopes: [],
  fields: [
    id('paymentTypeID', (record) => record.id),
    text('code', (record) => record.name),
    text('name', (record) => record.name),
    flag('requireCustomer', (record) => record.type === 'credit account'),
    flag('archived', (record) => record.archived),
    flag('internalReserved', (record) => record.type !== 'credit card' && record.type !== 'user defined'),
    text('type', (record) => record.type),
    constant('channel', ''),
    id('refundAsPaymentTypeID', (record) => (record.type === 'credit card' ? record.id : 0)),
  ],
  relations: [],
  sorts: ['paymentTypeID'],
  archived: 'filtered',
};
