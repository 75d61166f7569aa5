export { approveOrder } from './approve-order.ts';
export { cancelBatch } from './cancel-batch.ts';
export { deliverOrder } from './deliver-order.ts';
export { type FoundOrder, findOrders } from './find-orders.ts';
export { type KeepAnswer, keepHeld } from './keep-held.ts';
export { isWaiting, mayBecome, ORDER_STATUSES, type OrderStatus } from './lifecycle.ts';
export { type BoardOrder, type DecisionFigures, type OrderSheet, orderBoard, orderSheet } from './order-board.ts';
export { type DayOfOrders, openOrders, ordersByDay } from './order-figures.ts';
export { takeOrderNumbers } from './order-numbers.ts';
export { closeOrders, recentOrders } from './order-store.ts';
export { writeOrders } from './orders-csv.ts';
export { placeBatch } from './place-batch.ts';
export { cutDown, placeFitting } from './place-fitting.ts';
export { createOrderDesk, type OrderDesk, type OrderToPlace } from './place-order.ts';
export { type OrderAsked, type Prepared, prepareOrders } from './prepare-orders.ts';
export { lapseWaitingOrders, proposeWaitingOrders, shopsThatWait } from './propose-waiting.ts';
export { findOrderOf, orderNumbersOf, readOrderByNumber } from './read-order.ts';
export { listOrders, type OrderDetail, type OrderFilter, type OrderSummary, readOrder } from './read-orders.ts';
export { reopenOrder } from './reopen-order.ts';
export { type ItemToStore, type StoreAnswer, storeWaiting } from './store-waiting.ts';
export type {
  CancelAnswer,
  CancelItem,
  LineMistake,
  OrderDetails,
  PlaceAnswer,
  PlacedLine,
  PlaceItem,
  RecentOrder,
} from './types.ts';
export { holdWaitingOrders, type WaitingOrder } from './waiting-orders.ts';
