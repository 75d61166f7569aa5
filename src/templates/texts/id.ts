import type { TemplateTexts } from '../catalogue.ts';

const statement = 'Laporan tagihan';
const paid = 'Saya sudah bayar';
const human = 'Bicara dengan staf';

export const id: TemplateTexts = {
  payment_due_soon: {
    body: 'Halo {{shop}}, sekadar mengingatkan: *{{amount}}* jatuh tempo pada {{date}}. Kalau sudah dikirim, terima kasih banyak!',
    buttons: { statement, paid },
  },
  payment_overdue: {
    body: 'Halo {{shop}}, *{{amount}}* sudah jatuh tempo sejak {{date}}. Mohon dibayar secepatnya supaya pesanan Anda tetap lancar. Ada yang tidak cocok? Balas saja di sini.',
    buttons: { statement, paid, human },
  },
  order_delivered: {
    body: 'Halo {{shop}}, pesanan *{{order}}* sudah diantar: {{amount}} masuk ke akun Anda. Total utang Anda sekarang {{owed}} dan sisa limit kredit {{available}}. Terima kasih!',
    buttons: {},
  },
  order_part_open: {
    body: 'Halo {{shop}}, sebagian pesanan *{{order}}* sudah diantar: {{amount}} masuk ke akun Anda. Masih akan datang: {{missing}}. Kami simpan kredit {{held}} untuk sisanya.',
    buttons: { human },
  },
  order_part_closed: {
    body: 'Halo {{shop}}, sebagian pesanan *{{order}}* sudah diantar: {{amount}} masuk ke akun Anda. Tidak diantar dan tidak ditagih: {{missing}}. Anda masih punya limit kredit {{available}} untuk memesan.',
    buttons: { human },
  },
  order_cancelled: {
    body: 'Halo {{shop}}, kami terpaksa membatalkan pesanan *{{order}}* senilai {{amount}}: {{reason}}. Tidak ada yang ditagih, dan sisa limit kredit Anda {{available}}. Ada pertanyaan? Balas saja di sini.',
    buttons: { human },
  },
  payment_received: {
    body: 'Halo {{shop}}, pembayaran Anda sebesar *{{amount}}* sudah kami terima. Total utang Anda sekarang {{owed}} dan sisa limit kredit {{available}}. Terima kasih!',
    buttons: { statement },
  },
  payment_bounced: {
    body: 'Halo {{shop}}, pembayaran Anda sebesar *{{amount}}* tanggal {{date}} tidak berhasil, jadi jumlah itu kembali terutang. Total utang Anda {{owed}} saat ini. Balas di sini, kita selesaikan bersama.',
    buttons: { statement, human },
  },
  limit_changed: {
    body: 'Halo {{shop}}, batas kredit Anda sekarang *{{limit}}*; sebelumnya {{before}}. Anda masih punya {{available}} untuk memesan.',
    buttons: { human },
  },
  account_blocked: {
    body: 'Halo {{shop}}, akun Anda sedang ditahan, jadi untuk sementara kami belum bisa menerima pesanan kredit. Utang Anda *{{owed}}*, dan {{overdue}} di antaranya sudah lewat jatuh tempo. Balas di sini, kita cari jalan keluarnya.',
    buttons: { statement, paid, human },
  },
  account_unblocked: {
    body: 'Halo {{shop}}, kabar baik: akun Anda sudah dibuka lagi. Anda bisa memesan sampai *{{available}}* dalam batas {{limit}} mulai sekarang.',
    buttons: {},
  },
  hold_expiring: {
    body: 'Halo {{shop}}, pesanan *{{order}}* senilai {{amount}} masih menunggu. Kredit itu bisa kami simpan sampai {{time}}. Apakah pesanannya masih mau?',
    buttons: { keep: 'Ya, simpan', cancel: 'Batalkan pesanan' },
  },
  hold_expired: {
    body: 'Halo {{shop}}, pesanan *{{order}}* senilai {{amount}} tidak selesai pada waktunya dan sudah hangus. Tidak ada yang ditagih, dan sisa limit kredit Anda {{available}}. Apakah masih mau?',
    buttons: { order_again: 'Pesan lagi' },
  },
  order_fits: {
    body: 'Kabar baik, {{shop}}: kredit Anda sekarang cukup untuk pesanan *{{order}}* senilai {{amount}}. Kami proses? Ketuk untuk melihatnya dengan harga hari ini.',
    buttons: { show: 'Lihat pesanan', cancel: 'Batalkan pesanan' },
  },
  approval_request: {
    body: 'Halo {{approver}}, {{shop}} meminta pesanan *{{order}}* senilai {{amount}}. Itu {{short}} lebih dari sisa limit kreditnya: batasnya {{limit}}, utangnya {{owed}}, dan yang ditahan {{held}}. Apakah pesanan ini kita terima?',
    buttons: { approve: 'Setujui', reject: 'Tolak' },
  },
  approval_granted: {
    body: 'Kabar baik, {{shop}}: pesanan *{{order}}* senilai {{amount}} disetujui dan sudah dibuat. Anda masih punya limit kredit {{available}} untuk memesan.',
    buttons: {},
  },
  approval_refused: {
    body: 'Halo {{shop}}, pesanan *{{order}}* senilai {{amount}} kali ini tidak disetujui. Tidak ada yang ditagih, dan sisa limit kredit Anda {{available}}. Anda bisa mengurangi pesanan atau bicara dengan kami.',
    buttons: { change: 'Ubah pesanan', human },
  },
  approval_expired: {
    body: 'Halo {{shop}}, belum ada yang sempat memeriksa pesanan *{{order}}* senilai {{amount}} pada waktunya, jadi pesanan itu belum dibuat. Mohon maaf. Kami tanyakan lagi?',
    buttons: { ask_again: 'Ya, tanyakan lagi', human },
  },
  statement_ready: {
    body: 'Halo {{shop}}, laporan tagihan Anda untuk {{period}} sudah siap. {{balance}}. Ketuk di bawah dan kami kirimkan dalam bentuk PDF.',
    buttons: { send: 'Kirim ke saya' },
  },
  confirm_new_number: {
    body: 'Halo {{shop}}, ada yang menulis dari {{number}} dan mengaku dari toko Anda. Apakah benar? Sampai Anda menjawab, ia tidak bisa melihat akun Anda dan tidak bisa memesan.',
    buttons: { yes: 'Ya, dari toko kami', no: 'Bukan, tidak kenal' },
  },
};
