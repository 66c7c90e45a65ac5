import { Option } from 'commander';

/** The environment variable that names the URL to which orders are posted. */
export const ordersUrlVariable = 'STAUNCH_ORDERS_URL';

/** The option of every command that gives orders, or asks what takes one. */
export function ordersUrlOption(): Option {
  return new Option(
    '--orders-url <url>',
    `where the hub takes orders; else ${ordersUrlVariable}, or what the hub's account keeps in its parameter /staunch/orders-url`,
  );
}
