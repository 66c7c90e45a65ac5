export { printableJson } from '../resources/kit/printable';
