/** What the wholesaler tells a shop without being asked. See README.md. */
export { createNoticeTimer, type NoticeTimer } from './notice-timer.ts';
export { type RetailerNews, tellRetailer, tellRetailers } from './tell-retailer.ts';
