import type { TaxCategoryRecord, TaxClassRecord } from '../../world/types.ts';
import { datetime, flag, id, number, text, toMany, toOne } from '../resource.ts';
import type { Resource } from '../resource.ts';
import { trimNumber } from '../wire.ts';

export type TaxCategoryClassRow = TaxCategoryRecord['classes'][number] & { readonly category: TaxCategoryRecord };

export const taxCategoryClass: Resource<TaxCategoryClassRow> = {
  name: 'TaxCategoryClass',
  idField: 'taxCategoryClassID',
  scopes: [],
  fields: [
    id('taxCategoryClassID', (row) => row.id),
    number('tax1Rate', (row) => trimNumber(row.rates[0])),
    number('tax2Rate', (row) => trimNumber(row.rates[1])),
    datetime('timeStamp', (row) => row.category.timeStamp / 1000),
    id('taxCategoryID', (row) => row.category.id),
    id('taxClassID', (row) => row.taxClassId),
  ],
  relations: [
    toOne(
      'TaxClass',
      () => taxClass,
      (row, view) => view.taxClass(row.taxClassId),
    ),
  ],
  sorts: ['taxCategoryClassID', 'timeStamp'],
  archived: 'ignored',
};

/** R §7.12. Classes override the category's rate. */
export const taxCategory: Resource<TaxCategoryRecord> = {
  name: 'TaxCategory',
  idField: 'taxCategoryID',
  scopes: [],
  fields: [
    id('taxCategoryID', (record) => record.id),
    flag('isTaxInclusive', (record) => record.taxInclusive),
    text('tax1Name', (record) => record.tax1Name),
    text('tax2Name', (record) => record.tax2Name),
    number('tax1Rate', (record) => trimNumber(record.rates[0])),
    number('tax2Rate', (record) => trimNumber(record.rates[1])),
    datetime('timeStamp', (record) => record.timeStamp / 1000),
  ],
  relations: [toMany('TaxCategoryClasses', () => taxCategoryClass, classesOf)],
  sorts: ['taxCategoryID', 'timeStamp'],
  archived: 'ignored',
};

/** The overrides of one category. */
export function classesOf(record: TaxCategoryRecord): readonly TaxCategoryClassRow[] {
  return record.classes.map((row) => ({ ...row, category: record }));
}

/** R §7.12. */
export const taxClass: Resource<TaxClassRecord> = {
  name: 'TaxClass',
  idField: 'taxClassID',
  scopes: [],
  fields: [
    id('taxClassID', (record) => record.id),
    text('name', (record) => record.name),
    datetime('timeStamp', (_record, view) => seconds(view.state.taxCategories()[0]?.timeStamp)),
  ],
  relations: [],
  sorts: ['taxClassID', 'timeStamp'],
  archived: 'ignored',
};

function seconds(milliseconds: number | undefined): number | undefined {
  return milliseconds === undefined ? undefined : milliseconds / 1000;
}
