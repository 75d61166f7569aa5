import type { Catalogue } from './catalogue.ts';
import { id as money } from './money/id.ts';

/** Indonesian; nouns have one form, so most units need no plural. */
export const id: Catalogue = {
  couldNotProcess: 'Maaf, ada masalah di pihak kami dan pesan Anda belum bisa diproses. Mohon kirim lagi.',
  quantity: '{shown} {unit}',
  comma: ',',
  semicolon: ';',
  goods: '{product}, {quantity}',
  buttons: {
    confirm: 'Ya, pesan',
    change: 'Ubah',
    cancel: 'Batal',
    tryAgain: 'Coba lagi',
    yes: 'Ya',
    leaveOut: 'Lewati',
    choose: 'Pilih',
    cancelOrder: 'Ya, batalkan',
    keepOrder: 'Tidak, biarkan',
  },
  proposal: {
    heading: 'Pesanan Anda',
    line: '{position}. {product}, {quantity}{contents, select, none {} other { ({contents})}} - {total}',
    total: 'Total *{amount}*',
    waiting: 'Pesanan Anda *{amount}* belum masuk. Saya proses?',
    waitingShort: 'Pesanan Anda *{amount}* masih terbuka: lebih {short} dari sisa limit kredit Anda.',
    waitingBlocked: 'Pesanan Anda *{amount}* masih terbuka. Dengan keadaan akun sekarang belum bisa dipesan.',
    creditLeft: 'Sisa limit kredit setelah ini: {left}',
    doesNotFit:
      'Sisa limit kredit Anda {available} (limit {limit}, utang {owed}, dalam pesanan {held}): ini lebih {short}.',
    accountBlocked: 'Akun Anda sedang ditahan, jadi belum bisa dipesan. {wholesaler} bisa memberi tahu apa yang perlu.',
    accountClosed: 'Akun kredit Anda sudah ditutup, jadi tidak bisa dipesan. Silakan tanya {wholesaler}.',
    limitLapsed:
      'Batas kredit Anda sudah lewat masanya, jadi belum bisa dipesan. {wholesaler} bisa memperpanjangnya; pesanan saya simpan.',
    accountMissing: 'Anda belum punya akun kredit: {wholesaler} harus membukanya dulu.',
    switchedOff: '{product} sedang tidak dijual, jadi saya lewati.',
    outOfStock: '{product} sedang kosong, jadi saya lewati.',
    notSold: '{product} sudah tidak ada di daftar kami, jadi saya lewati.',
    notInCart: '{product} tidak ada di pesanan Anda.',
    tooManyLines:
      'Satu pesanan tidak muat lagi: {count, plural, other {# baris}} dilewati. Kirim sebagai pesanan kedua.',
    nothingLeft: 'Pesanan jadi kosong. Tidak ada yang dipesan.',
    empty: 'Pesanan Anda masih kosong. Tulis apa yang diperlukan.',
    pricesChanged: 'Harga berubah sejak pesanan ini saya tunjukkan. Belum ada yang dipesan: mohon lihat lagi.',
    oldButton: 'Tombol itu dari pesan lama, jadi tidak saya lakukan apa-apa. Sekarang begini.',
    sentLongAgo:
      'Pesan Anda terlambat sampai, jadi belum saya pesankan. Mohon lihat lagi dan konfirmasi kalau masih mau.',
    lapsed: 'Pesanan Anda sebelumnya tidak dikonfirmasi tepat waktu, jadi belum dipesan. Masih saya simpan.',
    addedToOpenOrder: 'Saya gabungkan dengan pesanan Anda yang masih terbuka.',
    sentTwice: 'Anda mengirimnya dua kali, jadi saya hitung sekali.',
    howToChange: 'Apa yang diubah? Misalnya "{product} jadi 5", "hapus {product}", atau tulis apa yang ditambah.',
    notPlaced: 'Belum dipesan. Tulis apa yang diubah, misalnya "hapus {product}", atau batalkan seluruh pesanan.',
    dropped: 'Dibatalkan. Tidak ada yang dipesan.',
  },
  placing: {
    placed: 'Pesanan *{number}* sudah masuk. {amount} secara kredit, sisa limit {left}.',
    alreadyPlaced: 'Pesanan *{number}* sudah masuk ({amount}). Tidak ada yang dipesan dua kali.',
    refusedShort:
      'Pesanan ini belum bisa: nilainya {amount} dan sisa limit kredit Anda {available} (limit {limit}, utang {owed}, dalam pesanan {held}). Kurang {short}.',
    refusedBlocked:
      'Pesanan ini belum bisa: akun Anda sedang ditahan{owed, select, none {} other { (utang {owed}, dalam pesanan {held})}}. Silakan hubungi {wholesaler}; pesanan saya simpan.',
    refusedInactive:
      'Pesanan ini belum bisa: kredit Anda sedang tidak aktif. Mintalah {wholesaler} memperpanjang; pesanan saya simpan.',
    refusedNoAccount:
      'Pesanan ini belum bisa: Anda belum punya akun kredit. {wholesaler} harus membukanya; pesanan saya simpan.',
    refusedDuplicate:
      'Konfirmasi ini sudah dipakai untuk pesanan lain, jadi tidak ada yang dipesan. Mohon konfirmasi lagi.',
    refusedBusy: 'Akun Anda sedang sangat sibuk, jadi belum ada yang dipesan. Coba lagi sebentar.',
    refusedBroken: 'Ada masalah di pihak kami dan belum ada yang dipesan. Coba lagi sebentar.',
    refusedAmount: 'Pesanan sebesar {amount} tidak bisa. Mohon diubah.',
    refusedOtherwise: 'Pesanan ini belum bisa sekarang. Silakan hubungi {wholesaler}; pesanan saya simpan.',
    nothingToConfirm: 'Tidak ada yang menunggu konfirmasi. Tulis apa yang diperlukan.',
    orderLapsed:
      'Pesanan *{number}* ({amount}) tidak terkirim tepat waktu dan kedaluwarsa: tidak memakai limit kredit Anda lagi. Tulis apa yang diperlukan untuk memesan lagi.',
    restLapsed:
      'Sisa pesanan *{number}* ({amount}) tidak terkirim tepat waktu dan ditutup: tidak memakai limit kredit Anda lagi. Tulis apa yang diperlukan untuk memesan lagi.',
  },
  questions: {
    noted: '{product}, {quantity}: dicatat.',
    notedMany: '{count, plural, other {# baris}} dicatat.',
    whichProduct: '"{words}"{quantity, select, none {} other { ({quantity})}} yang mana?',
    whichToRemove: 'Yang mana dihapus untuk "{words}"?',
    option: '{position}. {product}{price, select, none {} other { - {price}}}',
    price: '{amount} per {unit}',
    didYouMean: '"{words}"{quantity, select, none {} other { ({quantity})}} maksudnya {product}?',
    howToAnswer: 'Ketuk satu, atau tulis nomornya. "Tidak" berarti dilewati.',
    howMany: '{product} berapa?{units, select, none {} other { Tulis jumlah dan {units}.}}',
    unknownProduct:
      '"{words}"{quantity, select, none {} other { ({quantity})}} tidak ada di daftar kami. Tulis dengan cara lain, atau "tidak" untuk melewati.',
    perhaps: '"{words}"{quantity, select, none {} other { ({quantity})}} tidak ketemu. Apakah salah satu ini?',
    badQuantity:
      'Anda menulis {quantity} untuk {product}. Perlu berapa?{units, select, none {} other { Tulis jumlah dan {units}.}}',
    reallySoMany: '{product} {quantity}: betul?',
    notAllowed:
      '{product} dijual {minimum, select, none {{step, select, none {utuh per buah} other {kelipatan {step}}}} other {mulai {minimum}{step, select, none {} other {, kelipatan {step}}}}}; Anda menulis {asked}. Saya isi {nearest}?',
    leftOut: '"{words}": dilewati.',
    lapsed: 'Tidak ada jawaban tentang "{words}" tepat waktu, jadi dilewati dulu.',
    oldChoice: 'Pilihan itu dari pertanyaan lama, jadi tidak saya lakukan apa-apa.',
    tooManyQuestions: '{count, plural, other {# baris lagi}} belum jelas dan dilewati. Mohon kirim lagi setelah ini.',
  },
  cancelling: {
    askWhetherToCancel: 'Batalkan pesanan *{number}*{amount, select, none {} other { ({amount})}}?',
    cancelled: 'Pesanan *{number}* dibatalkan. {released} kembali ke limit kredit Anda: sisa limit {available}.',
    kept: 'Pesanan *{number}* tetap.',
    alreadyClosed:
      '{number, select, none {Pesanan itu sudah ditutup} other {Pesanan *{number}* sudah {status, select, none {ditutup} other {{status}}}}}, jadi tidak ada yang dibatalkan.',
    delivered:
      '{number, select, none {Pesanan itu} other {Pesanan *{number}*}} sudah dikirim, jadi tidak bisa dibatalkan.',
    notFound:
      '{number, select, none {Pesanan itu tidak ketemu.} other {Pesanan {number} tidak ketemu di pesanan terakhir Anda.}}',
    nothing: 'Tidak ada pesanan yang bisa dibatalkan.',
    lapsed: 'Anda belum bilang apakah pesanan *{number}* dibatalkan, jadi tetap.',
    sentLongAgo: 'Pesan Anda terlambat sampai, jadi belum saya batalkan.',
  },
  account: {
    balance: 'Limit {limit}, utang {owed}, dalam pesanan {held}. Sisa limit: *{available}*',
    blocked: 'Akun Anda ditahan untuk pesanan baru. {wholesaler} bisa memberi tahu apa yang perlu.',
    closed: 'Akun kredit Anda sudah ditutup. Silakan tanya {wholesaler}.',
    lapsed:
      'Batas kredit Anda sudah lewat masanya, jadi pesanan baru harus menunggu. Mintalah {wholesaler} memperpanjang.',
    missing: 'Anda belum punya akun kredit. Mintalah {wholesaler} membukanya.',
    recentOrders: 'Pesanan terakhir Anda',
    order: 'Pesanan *{number}*, {date}: {amount}, {status}',
    noOrders: 'Anda belum punya pesanan.',
    status:
      '{status, select, waiting_for_approval {menunggu persetujuan} waiting_on_credit {menunggu kredit} approved {masuk} part_delivered {sebagian dikirim} delivered {dikirim} cancelled {dibatalkan} rejected {ditolak} expired {kedaluwarsa} other {{status}}}',
    explained:
      'Kredit Anda sekarang: limit {limit} - utang {owed} - dalam pesanan {held} = {available}. Pesanan yang lebih besar ditolak.',
    paid: 'Terima kasih. Pembayaran tidak bisa dicatat lewat chat ini; {wholesaler} mencatatnya setelah dicek. Sampai saat itu akun Anda:',
  },
  talk: {
    greeting:
      'Halo {name}! Tulis apa yang diperlukan{example, select, none {} other {, misalnya "{example}"}}. Saldo dan pesanan juga bisa ditanyakan.',
    help: `Untuk memesan, tulis apa yang diperlukan{example, select, none {.} other {: "{example}"}}
Untuk mengubah: "jadi 5", "hapus ...", "tambah ...". "Sama seperti kemarin" mengulang pesanan terakhir.
Juga: "saldo", "rekap tagihan", "pesanan saya", "daftar", "harga ...", "batal", atau "bicara dengan orang".`,
    human: 'Saya teruskan: orang di {wholesaler} akan diberi tahu bahwa Anda ingin bicara.',
    complaint: 'Maaf atas hal itu. Saya teruskan: orang di {wholesaler} akan memeriksanya.',
    language: 'Saya menjawab dalam bahasa Indonesia. Anda juga bisa menulis dalam bahasa lain.',
    stranger:
      'Halo{name, select, none {} other { {name}}}, ini nomor pemesanan {wholesaler}. Nomor ini belum terdaftar. Mintalah {wholesaler} menambahkannya ke toko Anda; setelah itu bisa pesan di sini.',
    media: {
      voice: 'Saya belum bisa mendengar pesan suara. Mohon tulis pesanannya.',
      audio: 'Saya tidak bisa mendengar rekaman. Mohon tulis pesanannya.',
      image: 'Saya belum bisa membaca foto. Mohon tulis pesanannya.',
      video: 'Saya tidak bisa melihat video. Mohon tulis pesanannya.',
      document: 'Saya belum bisa membaca dokumen. Mohon tulis pesanannya.',
      sticker: 'Bagus! Untuk memesan, tulis apa yang diperlukan.',
    },
    cartLost: 'WhatsApp tidak meneruskan keranjang Anda. Mohon kirim lagi, atau tulis apa yang diperlukan.',
    tapLost: 'WhatsApp tidak meneruskan pilihan Anda. Mohon ketuk lagi, atau tulis jawabannya.',
    edited:
      'Anda mengubah pesan setelah dikirim, sedangkan saya memakai isinya yang pertama. Mohon tulis perubahannya sebagai pesan baru.',
    deleted:
      'Anda menghapus pesan yang sudah saya baca. Itu tidak mengubah apa pun: tulis "batal" untuk membatalkan, atau tulis apa yang diperlukan.',
    tooLong: 'Pesan itu terlalu panjang untuk saya. Mohon kirim pesanan dalam beberapa pesan yang lebih pendek.',
    unreadable: 'Pesan seperti ini tidak bisa saya baca. Mohon tulis apa yang diperlukan.',
    notUnderstood:
      '{words, select, none {Saya belum mengerti.} other {Saya belum mengerti "{words}".}} Tulis apa yang diperlukan, atau "bantuan".',
    notUnderstoodAgain:
      '{words, select, none {Maaf, saya masih belum mengerti.} other {Maaf, "{words}" juga belum saya mengerti.}} Tulis "bantuan" untuk melihat apa yang bisa saya lakukan, atau "bicara dengan orang" untuk {wholesaler}.',
    queryWhat: 'Produk apa yang ingin ditanyakan? Tulis namanya.',
    queryUnknown: '"{words}" tidak ada di daftar kami.',
    queryPrice:
      '{product}: {prices, select, none {} other {{prices}, }}{stock, select, low {tinggal sedikit} out {kosong} off {sedang tidak dijual} other {ada}}',
    allRight: 'Baik. Tulis saja kalau perlu sesuatu.',
    repeatNothing: 'Belum ada pesanan sebelumnya untuk diulang. Tulis apa yang diperlukan.',
  },
  people: {
    awaitsLink:
      'Halo{name, select, none {} other { {name}}}, ini nomor pemesanan {wholesaler}. Anda menulis dari nomor atau akun yang baru bagi kami. Sebelum Anda bisa memesan di sini, {wholesaler} harus memastikan bahwa itu milik Anda; mereka sudah diberi tahu.',
    isItYours:
      'Ada yang menulis kepada kami dari nomor atau akun WhatsApp yang baru bagi kami dan mungkin milik toko Anda. Apakah itu milik Anda? Jika tidak kenal, pilih "Bukan": tidak akan diberi akses. Ada pertanyaan? Tanya {wholesaler}.',
    ours: 'Ya, milik kami',
    notOurs: 'Bukan',
    linkAnswered:
      '{outcome, select, confirmed {Terima kasih. Nomor atau akun baru itu sekarang bisa memesan untuk toko Anda.} refused {Terima kasih sudah memberi tahu. Tidak ada akses ke akun Anda, dan {wholesaler} dapat melihat jawaban Anda.} needs_staff {{wholesaler} yang harus memutuskan ini; mereka sudah diberi tahu.} other {Pertanyaan ini sudah selesai.}}',
    linked:
      '{wholesaler} sudah memastikan bahwa nomor ini milik Anda. Anda bisa memesan di sini: tulis yang Anda butuhkan.',
    notLinked: 'Kami tidak bisa memastikan bahwa nomor ini milik Anda. Silakan tanya {wholesaler}.',
    registered:
      'Selamat datang! Anda terdaftar di {wholesaler} sebagai {shop}. Tulis yang Anda butuhkan untuk memesan.',
    phoneKept: 'Terima kasih, nomor Anda sudah kami catat.',
  },
  waiting: {
    fit: 'Jadikan {amount}',
    fitPlain: 'Sesuai limit saya',
    askApproval: 'Minta persetujuan',
    payFirst: 'Bayar dulu',
    person: 'Bicara dengan orang',
    takeUp: 'Lihat pesanan',
    fitRow: 'Pesan senilai {amount}, sisanya ditinggal',
    askRow: 'Saya mintakan izin dan kabari jawabannya',
    payRow: 'Pesanan saya simpan dan saya tanya lagi setelah bayar',
    cancelRow: 'Tidak ada yang dipesan',
    whatNow: 'Bagaimana sebaiknya?',
    trimmed: 'Disesuaikan dengan limit kredit Anda. Yang ditinggal: {missing}.',
    forApproval:
      'Pesanan *{number}* ({amount}) sekarang menunggu persetujuan. Saya kabari begitu ada jawaban. Untuk menarik kembali, tulis "batal {number}".',
    onCredit:
      'Pesanan *{number}* ({amount}) saya simpan dan saya tanya lagi begitu limit kredit Anda cukup. Untuk menarik kembali, tulis "batal {number}".',
    still: 'Pesanan *{number}* ({amount}): {status}. Saya kabari begitu berubah.',
    withdrawn: 'Pesanan *{number}* ditarik kembali. Tidak ada yang dipesan.',
    fits: 'Kabar baik: limit kredit Anda sekarang cukup untuk pesanan *{number}*. Saya proses? Ini harga hari ini.',
    fitsToo: 'Kabar baik: limit kredit Anda sekarang cukup untuk pesanan *{number}* ({amount}).',
    finishFirst: 'Ada pesanan lain yang masih terbuka. Tolong konfirmasi atau batalkan dulu.',
    lapsed:
      'Pesanan *{number}* ({amount}) sudah menunggu kredit sampai batasnya dan hangus. Tidak ada yang dipesan. Tulis yang Anda perlu untuk memesan lagi.',
    notWaiting: 'Pesanan itu tidak menunggu lagi, jadi tidak ada yang diproses.',
  },
  approvals: {
    approve: 'Setujui',
    reject: 'Tolak',
    ask: '{shop} minta pesanan *{number}* senilai *{amount}*: {short} di atas kreditnya.\nLimit {limit}, utang {owed}, dalam pesanan {held}.',
    overdue: 'Lewat tempo: {amount}',
    lastOrders: 'Pesanan terakhir',
    lastPayments: 'Pembayaran terakhir',
    payment: '{date}: {amount}',
    noHistory: 'Belum ada pesanan atau pembayaran sebelumnya.',
    youApproved: 'Disetujui: pesanan *{number}* dari {shop} diproses, {amount} secara kredit. Mereka sudah dikabari.',
    youRejected: 'Ditolak: pesanan *{number}* dari {shop} tidak diproses. Mereka sudah dikabari.',
    lockRefused:
      'Anda menyetujui pesanan *{number}* dari {shop}, tetapi tidak bisa diproses: {why, select, blocked {akunnya ditahan} inactive {akunnya tidak aktif} short {sekarang melebihi kredit lebih banyak dari yang ditanyakan kepada Anda} other {pemeriksaan kredit menolaknya}}. Mereka sudah dikabari.',
    decided:
      'Pesanan *{number}* dari {shop} {outcome, select, approved {sudah disetujui} rejected {sudah ditolak} refused {sudah disetujui, tetapi pemeriksaan kredit menolaknya} withdrawn {ditarik kembali oleh toko} other {hangus tanpa jawaban}}{by, select, none {} other { ({by})}}.',
    lapsedForApprover:
      'Tidak ada yang menjawab soal pesanan *{number}* dari {shop} tepat waktu, jadi hangus. Mereka sudah dikabari.',
    none: 'Tidak ada pesanan yang menunggu persetujuan Anda sekarang. Kalau ada, saya tulis di sini.',
    several:
      '{count, plural, other {# pesanan menunggu}} persetujuan Anda. Ketuk di bawah yang dimaksud, atau tulis misalnya "setujui {number}".',
    sentLongAgo: 'Pesan Anda terlambat sampai, jadi belum ada yang diputuskan.',
    approved: 'Kabar baik: pesanan *{number}* disetujui dan diproses. {amount} secara kredit, sisa limit {left}.',
    rejected:
      'Pesanan *{number}* ({amount}) tidak disetujui, jadi tidak diproses. Anda bisa pesan lebih sedikit, atau bicara dengan {wholesaler}.',
    refused:
      'Pesanan *{number}* ({amount}) disetujui, tetapi tidak bisa diproses dengan keadaan akun Anda sekarang. Tolong bicara dengan {wholesaler}.',
    expired: 'Tidak ada yang sempat melihat pesanan *{number}* ({amount}) tepat waktu, jadi tidak diproses. Maaf!',
    askAgain: 'Pesan lagi',
  },
  money,
  rules: {
    belowMinimum:
      'Pesanan minimal {minimum}, masih kurang {missing}. Tambahkan sesuatu{example, select, none {} other {, misalnya "tambah {example}"}}.',
    closedRefused:
      'Kami sedang tutup dan tidak menerima pesanan{opens, select, none {} other { sampai {opens}}}. Pesanan ini saya simpan{opens, select, none {} other {; konfirmasi nanti saat itu}}.',
    openAgain: 'Kami sudah buka lagi, dan pesanan Anda saya simpan: ini dia. Belum dipesan.',
    closedTaken:
      'Kami sedang tutup, pesanan dikerjakan {opens, select, none {saat kami buka lagi} other {mulai {opens}}}.',
    strangerAnnounced:
      'Halo{name, select, none {} other { {name}}}, ini nomor pemesanan {wholesaler}. Nomor ini belum terdaftar. Saya sudah memberi tahu {wholesaler}; setelah ditambahkan ke toko Anda, Anda bisa pesan di sini.',
  },
  languages: {
    chosen: 'Mulai sekarang saya menulis dalam bahasa Indonesia.',
    which: 'Saya menulis dalam bahasa apa?',
    button: 'Bahasa',
    writeOne: 'Saya bisa menulis dalam: {names}. Tulis nama bahasa yang Anda mau.',
    notOffered: 'Saya tidak bisa menulis dalam {language}.',
  },
  older: {
    nothingDone: 'Itu menjawab pesan lama, jadi saya tidak melakukan apa-apa.',
    more: '{count, plural, other {Masih ada # produk lagi}}: tanyakan lebih sedikit sekaligus.',
  },
  notices: {
    stopped:
      'Baik: Anda tidak akan menerima pengingat dan pemberitahuan dari {wholesaler} lagi. Kalau Anda menulis, kami tetap menjawab, dan kabar pesanan tetap kami kirim. Tulis START untuk menerimanya lagi.',
    started: 'Baik: Anda menerima lagi pengingat dan pemberitahuan dari {wholesaler}. Tulis STOP kalau tidak mau.',
    kept: 'Pesanan *{number}* tetap berjalan: kreditnya kami simpan untuk Anda sampai {until}.',
    notKept: 'Pesanan *{number}* sudah tidak menunggu, jadi tidak ada yang perlu disimpan.',
  },
  staff: {
    botBack: 'Asisten pesanan {wholesaler} kembali. Tulis apa yang Anda perlukan.',
    botBackLate:
      'Maaf, belum ada orang {wholesaler} yang sempat menjawab; mereka bisa melihat tulisan Anda. Sementara itu asisten pesanan kembali: tulis apa yang Anda perlukan.',
  },
  newcomers: {
    refused:
      '{wholesaler} tidak bisa mendaftarkan Anda untuk memesan di sini. Hubungi mereka kalau menurut Anda ini keliru.',
    askPhone:
      'Supaya {wholesaler} tahu siapa Anda: boleh kami minta nomor telepon Anda? Ketuk di bawah untuk membagikannya.',
    phoneNoted:
      'Terima kasih. {wholesaler} sudah punya nomor Anda dan akan memberi tahu di sini kalau Anda sudah bisa memesan.',
  },
  units: {
    each: 'buah',
    piece: 'buah',
    case: 'dus',
    carton: 'karton',
    box: 'kotak',
    crate: 'krat',
    bag: 'kantong',
    sack: 'karung',
    bale: 'bal',
    pack: 'pak',
    packet: 'bungkus',
    bundle: 'ikat',
    bottle: 'botol',
    tin: 'kaleng',
    can: 'kaleng',
    jar: 'toples',
    tub: 'cup',
    bucket: 'ember',
    drum: 'drum',
    tray: 'tray',
    strip: 'strip',
    roll: 'rol',
    sheet: 'lembar',
    bar: 'batang',
    pair: 'pasang',
    set: 'set',
    dozen: 'lusin',
    half: 'setengah',
  },
};
