import { gunzipSync } from 'node:zlib';
import { parseCompiledPolicy } from '../../config/compiled';
import { factsById, factsOfType } from '../../controls/facts';
import { orderAnswerSchema, orderSchema } from '../../core/order';
import { findingIdentitySchema } from '../../core/report-schema';
import { parseMessage } from '../../hub-functions/coordinator/intake/message';
import { remediationResultSchema } from '../../hub-functions/coordinator/member/remediation-result';
import { parseEvent } from '../../hub-functions/notifier/event';
import { select } from '../../hub-functions/notifier/select';
import { checkRequest } from '../../hub-functions/remediation/request';
import { parseFindingRecord } from '../../ledger/findings/record-item';
import { stopSchema } from '../../ledger/limits/stop';
import { savedHistoryFrom } from '../../ledger/saved/saved-history';
import { isFixableResourceType } from '../../resources/resource-types';
import type { Readers } from './exchanged';

/** The hub of the samples. */
const hubAccount = '111111111111';

/** How this version reads what is handed over; bundled, it lies under `test/fixtures/previous/` for the version after it. */
export const readers: Readers = {
  messages: (value) => {
    const known = { findControl: factsById, controlsOf: factsOfType };
    const { hints, ...said } = parseMessage(JSON.stringify(value), known);
    return { ...said, hints: hints.map(({ control, ...hint }) => ({ ...hint, control: control.id })) };
  },
  requests: (value) => checkRequest(value, resourceTypeIn(value)).request,
  answers: (value) => remediationResultSchema.parse(value),
  events: (value) => select(parseEvent(JSON.stringify(value)), hubAccount, (id) => factsById(id)?.kind),
  records: (value) => parseFindingRecord(Object(value), 'staunch-ledger'),
  histories: (value) => savedHistoryFrom(gunzipSync(Buffer.from(String(value), 'base64')).toString()),
  stops: (value) => stopSchema.parse(value),
  orders: (value) => orderSchema.parse(value),
  orderAnswers: (value) => orderAnswerSchema.parse(value),
  policies: (value) => parseCompiledPolicy(JSON.stringify(value)),
};

function resourceTypeIn(request: unknown) {
  const { resourceType } = findingIdentitySchema.parse(Object(request).finding);
  if (!isFixableResourceType(resourceType)) throw new Error(`No function fixes ${resourceType}.`);
  return resourceType;
}
