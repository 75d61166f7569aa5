import type { Messages } from '../catalogue.ts';
import type { MoneyTexts } from './types.ts';

export const id: Messages<MoneyTexts> = {
  buttons: {
    statement: 'Laporan tagihan',
    paid: 'Saya sudah bayar',
    human: 'Bicara dengan staf',
    slip: 'Ya, pembayaran',
    noSlip: 'Bukan',
    more: 'Lihat lagi',
  },
  balance: {
    overdue: 'Lewat jatuh tempo: *{amount}*, sejak {date}.',
    dueNext: 'Jatuh tempo berikutnya: {amount} pada {date}.',
    paidAhead: 'Sudah dibayar di muka: {amount}.',
    stops:
      '*{amount}* lewat jatuh tempo sejak {date}, jadi belum bisa dipesan sekarang. Begitu dibayar, saya terima pesanan lagi.',
  },
  statement: {
    heading: '*Laporan tagihan* {period}',
    toPay: 'Harus dibayar: *{amount}*',
    inCredit: 'Saldo lebih Anda: *{amount}*',
    settled: 'Tidak ada yang harus dibayar.',
    movements: 'Transaksi terakhir',
    movement: '{date}: {what} {amount}',
    what: '{kind, select, CAPTURE {{number, select, none {barang dikirim} other {pesanan {number}}}} PAYMENT {pembayaran} PAYMENT_REVERSAL {pembayaran dikembalikan} CREDIT_NOTE {nota kredit} WRITE_OFF {dihapuskan} other {penyesuaian}}{reference, select, none {} other { ({reference})}}',
    none: 'Tidak ada tagihan atau pembayaran pada waktu itu.',
    inPdf: 'Semuanya ada di PDF ini.',
    file: 'Laporan tagihan {period}',
    tooLong: 'Terlalu banyak untuk satu laporan. Minta waktu yang lebih pendek, misalnya "laporan bulan lalu".',
  },
  order: {
    line: '{position}. {product}, {quantity}{missing, select, none {} other { (kurang {missing})}}',
    moreLines: '{count, plural, other {dan # baris lagi}}',
    charged: 'Ditagih sejauh ini: {amount}{due, select, none {} other {, jatuh tempo {due}}}.',
    kept: 'Kami simpan {amount} dari limit kredit Anda untuk yang belum datang.',
  },
  why: {
    asked: '{when} Anda meminta pesanan {amount}.',
    sum: 'Limit {limit} - utang {owed} - dalam pesanan {held}{orders, select, none {} other { ({orders})}}{granted, select, none {} other { + diizinkan {granted}}} = {available}.',
    order: 'pesanan {number}',
    short: 'Kurang *{short}*.',
    fits: '{number, select, none {Cukup, jadi diterima.} other {Cukup: pesanan *{number}* masuk.}}',
    overdue:
      '{overdue, select, none {Ada tagihan yang lewat jatuh tempo} other {*{overdue}* lewat jatuh tempo}}{since, select, none {} other { sejak {since}}}, jadi pesanan belum bisa.',
    onHold: 'Akun Anda sedang ditahan. {wholesaler} bisa memberi tahu apa yang perlu.',
    inactive: 'Kredit Anda sedang tidak aktif. Minta {wholesaler} memperbaruinya.',
    otherwise: 'Waktu itu belum bisa, dan bukan karena kredit. Coba lagi atau tanya {wholesaler}.',
    nothing: 'Tidak ada pesanan Anda yang ditolak.',
  },
  claim: {
    noted:
      'Terima kasih. Pembayaran Anda *{amount}*{method, select, none {} other { lewat {method}}}{reference, select, none {} other {, ref {reference}}} sudah saya teruskan. {wholesaler} akan mengecek, dan Anda mendapat tanda terima begitu dicatat.',
    again:
      '{state, select, open {Pembayaran ini sudah Anda kabarkan {date}: {wholesaler} masih mengeceknya.} recorded {Pembayaran ini sudah Anda kabarkan {date}, dan sudah dicatat.} other {Pembayaran ini sudah Anda kabarkan {date}, dan {wholesaler} tidak menemukannya. Silakan bicara dengan mereka.}}',
    howMuch: 'Berapa yang Anda bayar, dan lewat apa? Misalnya "5000 transfer, ref 123456".',
    photoNoted: 'Terima kasih, {wholesaler} menerima fotonya.',
    isItSlip:
      'Apakah ini bukti pembayaran? Tulis berapa yang Anda bayar. Pesanan hanya bisa saya baca sebagai teks: tolong tuliskan.',
    noSlip: 'Baik. Tolong tulis apa yang Anda perlukan.',
    lapsed:
      '{photo, select, yes {Anda belum menulis berapa yang dibayar, jadi {wholesaler} akan melihat foto Anda.} other {Anda belum menulis berapa yang dibayar, jadi tidak ada yang saya teruskan.}}',
    refused:
      '{wholesaler} tidak bisa memastikan pembayaran Anda{amount, select, none {} other { *{amount}*}}{reference, select, none {} other {, ref {reference}}}: {reason}. Belum dicatat. Kalau sudah bayar, kirim buktinya atau referensi lain.',
    method:
      '{method, select, cash {tunai} upi {UPI} transfer {transfer bank} mobile_money {dompet digital} card {kartu} cheque {cek} other {{method}}}',
  },
  receipt: {
    received:
      'Pembayaran diterima: *{amount}*{method, select, none {} other { lewat {method}}}{reference, select, none {} other {, ref {reference}}}. Terima kasih!',
    paidOff:
      '{order, select, none {Saldo lama} other {Pesanan *{order}*}}: {amount}{rest, select, none {, lunas} other {, masih kurang {rest}}}',
    moreDebts: '{count, plural, other {dan # lagi}}',
    kept: '{amount} disimpan untuk belanja berikutnya.',
    stands: 'Utang Anda sekarang {owed} dan sisa limit kredit *{available}*.',
  },
  delivery: {
    whole:
      'Pesanan *{number}* sudah dikirim. {amount} masuk ke akun Anda{due, select, none {} other {, jatuh tempo {due}}}.',
    part: 'Sebagian pesanan *{number}* sudah dikirim. {amount} masuk ke akun Anda{due, select, none {} other {, jatuh tempo {due}}}.',
    came: 'Dikirim sekarang:',
    missing: 'Belum dikirim:',
    missingLine: '- {product}, {quantity}',
    missingAmount: 'barang senilai {amount}',
    kept: 'Masih akan datang; kami simpan {amount} dari limit kredit Anda.',
    released: 'Tidak akan datang dan tidak ditagih: {amount} kembali ke limit kredit Anda.',
  },
  cancellation: {
    byWholesaler: 'Pesanan *{number}* ({amount}) dibatalkan oleh {wholesaler}: {reason}.',
    back: '{released} kembali ke limit kredit Anda: sisa limit {available}.',
  },
  list: {
    heading: 'Produk {from} sampai {to} dari {count}:',
    howTo: 'Ketuk satu untuk memesannya, atau tulis nomornya.',
    narrow: 'Untuk melihat lebih sedikit, tulis "daftar" dan yang Anda cari.',
    empty: 'Saat ini tidak ada yang dijual.',
  },
};
