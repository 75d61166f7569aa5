export { cancelBatch } from './cancel-batch.ts';
export { deliverOrder } from './deliver-order.ts';
export { takeOrderNumbers } from './order-numbers.ts';
export { recentOrders } from './order-store.ts';
export { placeBatch } from './place-batch.ts';
export { createOrderDesk, type OrderDesk, type OrderToPlace } from './place-order.ts';
export { reopenOrder } from './reopen-order.ts';
export type { CancelAnswer, CancelItem, PlaceAnswer, PlacedLine, PlaceItem, RecentOrder } from './types.ts';
