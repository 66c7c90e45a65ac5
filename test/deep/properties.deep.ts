// The properties of these files, each tried as often as it takes to be thorough; `npm test` tries a fifth.
import '../config/freeze.test';
import '../config/unrelated-lines.test';
import '../controls/both-group-controls.test';
import '../controls/s3-public-access/properties.test';
import '../controls/security-group-open-ports/properties.test';
import '../decision/people.test';
import '../hub-functions/orders/hostile.test';
import '../ledger/transitions/variants.test';
import '../operator/evaluate/evaluate-input.test';
import '../resources/bucket/undo.properties.test';
import '../resources/kit/addresses.test';
import '../resources/kit/policy/against-engine.test';
import '../resources/unmatchable.test';
import '../sandbox/services/s3/policy-is-public.test';
