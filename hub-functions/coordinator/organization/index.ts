export { UnknownAccountError, UnresolvedPlaceError } from './errors';
export { Organization } from './organization';
