import { z } from '@hono/zod-openapi';
import { decodeCursor, encodeCursor } from '../../http/paging.ts';
import { protectedRoute, type Route } from '../../http/route.ts';
import { tenantTransaction } from '../../platform/database/transaction.ts';
import { requestEvaluation } from '../notifications/workers.ts';
import { changedBy, today } from './changed-by.ts';
import { listMappingChanges } from './mapping-history.ts';
import {
  historyQuery,
  mappingHistory,
  mappingPreview,
  pasteAnswer,
  pasteBody,
  posNumbersBody,
  suggestionList,
} from './mapping-schemas.ts';
import { pasteMappings } from './paste-mappings.ts';
import { readPosNumbers, setPosNumbers } from './pos-numbers.ts';
import { previewMappings } from './preview-mappings.ts';
import { listDepartments, listMappings } from './queries.ts';
import { departmentDetail, mappingList, mappingsBody } from './schemas.ts';
import { mappingsWithin } from './scope.ts';
import { setMappings } from './set-mappings.ts';
import { suggestMappings } from './suggest-mappings.ts';
import { AppError } from '../../platform/errors.ts';
import { requireDepartment } from '../organizations/access.ts';

const tag = 'Stores';
const byId = z.object({ id: z.uuid() });
const cursorOf = z.tuple([z.iso.datetime({ offset: true }), z.uuid()]);

/** Which part of the POS belongs to which department, since when, and what changing that would do. */
export const mappingRoutes: readonly Route[] = [
  protectedRoute(
    {
      method: 'get',
      path: '/mappings',
      permission: 'stores:read',
      scope: 'department',
      tag,
      summary: 'Dated mappings',
      response: mappingList,
    },
    ({ organizationId, access, services }) =>
      tenantTransaction(services.db, organizationId, async (trx) => ({
        mappings: mappingsWithin(await listMappings(trx, organizationId), access.departmentIds),
      })),
  ),
  protectedRoute(
    {
      method: 'put',
      path: '/mappings',
      permission: 'stores:write',
      scope: 'organization',
      tag,
      summary: 'Replace the mappings of some shops',
      description: 'Half-open in business days; a register’s mapping beats its shop’s; two of the same source may not overlap.',
      body: mappingsBody,
      response: mappingList,
      errors: ['mapping_overlap', 'not_found'],
    },
    ({ organizationId, body, access, services }) =>
      tenantTransaction(services.db, organizationId, async (trx) => {
        const mappings = await setMappings(trx, organizationId, body, changedBy(access, services));
        await requestEvaluation(services, trx, organizationId);
        return { mappings };
      }),
  ),
  protectedRoute(
    {
      method: 'post',
      path: '/mappings/preview',
      permission: 'stores:write',
      scope: 'organization',
      tag,
      summary: 'What replacing the mappings of some shops would move; nothing is changed',
      body: mappingsBody,
      response: mappingPreview,
      errors: ['mapping_overlap', 'not_found'],
    },
    ({ organizationId, body, services }) => previewMappings(services.db, organizationId, body),
  ),
  protectedRoute(
    {
      method: 'post',
      path: '/mappings/paste',
      permission: 'stores:write',
      scope: 'organization',
      tag,
      summary: 'Map many shops from a pasted table, all lines or none',
      body: pasteBody,
      response: pasteAnswer,
    },
    async ({ organizationId, body, access, services }) => {
      const answer = await pasteMappings(services.db, organizationId, body, changedBy(access, services), today(services));
      if (answer.applied) await requestEvaluation(services, null, organizationId);
      return answer;
    },
  ),
  protectedRoute(
    {
      method: 'get',
      path: '/mappings/history',
      permission: 'stores:read',
      scope: 'department',
      tag,
      summary: 'Who changed mappings, and from what to what; newest first',
      query: historyQuery,
      response: mappingHistory,
    },
    ({ organizationId, query, access, services }) =>
      tenantTransaction(services.db, organizationId, async (trx) => {
        const { cursor, limit, ...filter } = query;
        const after = cursor === undefined ? null : decodeCursor(cursorOf, cursor);
        const { departmentIds } = access;
        const found = await listMappingChanges(trx, organizationId, { ...filter, departmentIds, after, limit: limit + 1 });
        const shown = found.slice(0, limit);
        const last = found.length > limit ? shown.at(-1) : undefined;
        const theirs = <T extends { readonly departmentId: string }>(rows: readonly T[]) =>
          rows.filter((row) => departmentIds === null || departmentIds.includes(row.departmentId));
        return {
          items: shown.map(({ id, at, author, posAccountId, shopId, shopName, before, after: now, touches }) => ({
            id,
            at,
            author,
            posAccountId,
            shopId,
            shopName,
            before: theirs(before),
            after: theirs(now),
            firstDay: touches.from,
            until: touches.until,
          })),
          nextCursor: last === undefined ? null : encodeCursor([last.at, last.id]),
        };
      }),
  ),
  protectedRoute(
    {
      method: 'get',
      path: '/mappings/suggestions',
      permission: 'stores:read',
      scope: 'organization',
      tag,
      summary: 'A department for each unmapped shop and register, by the likeness of their names',
      response: suggestionList,
    },
    ({ organizationId, access, services }) =>
      tenantTransaction(services.db, organizationId, async (trx) => ({
        // Unmapped shops belong to nobody's departments.
        items: access.departmentIds === null ? await suggestMappings(trx, organizationId, today(services)) : [],
      })),
  ),
  protectedRoute(
    {
      method: 'put',
      path: '/departments/{id}/pos-numbers',
      permission: 'departments:write',
      scope: 'department',
      tag,
      summary: 'Map a department by POS client number and POS terminal numbers',
      description: 'Edits the same mappings as the store’s page (D20).',
      params: byId,
      body: posNumbersBody,
      response: departmentDetail,
      errors: ['not_found', 'mapping_overlap'],
    },
    ({ organizationId, params, body, access, services }) =>
      tenantTransaction(services.db, organizationId, async (trx) => {
        requireDepartment(access, params.id);
        const by = changedBy(access, services);
        await setPosNumbers(trx, organizationId, params.id, body, by, today(services), access.departmentIds);
        await requestEvaluation(services, trx, organizationId);
        const department = (await listDepartments(trx, organizationId)).find(({ id }) => id === params.id);
        if (department === undefined) throw new AppError('not_found', 'That department does not exist.');
        const { posClientNumber, posTerminalNumbers } = (await readPosNumbers(trx, organizationId, today(services)))(params.id);
        return { ...department, posClientNumber, posTerminalNumbers: [...posTerminalNumbers] };
      }),
  ),
];
