export { UnknownAccountError, UnresolvedPlaceError } from './errors';
export { Organization } from './organization';
export { noNames, type PlaceNames, withNames } from './place-names';
