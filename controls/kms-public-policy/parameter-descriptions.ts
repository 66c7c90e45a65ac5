/** What each parameter says. */
export { documentParameterDescriptions as parameterDescriptions } from '../document-parameter-descriptions';
