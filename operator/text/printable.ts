export { printable } from '../../resources/kit/printable';
