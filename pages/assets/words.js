// Streamlit's own strings are English only. This puts the words of the office in their place as they
// appear: whole texts and labels only, never part of a text, so nothing a person wrote is touched.
"use strict";

(() => {
  const WORDS = {
    "Drag and drop a file here": "Kéo tệp vào đây",
    "Drag and drop file here": "Kéo tệp vào đây",
    "Drag and drop files here": "Kéo các tệp vào đây",
    "Browse files": "Chọn tệp",
    "Upload": "Chọn tệp",
    "Add files": "Thêm tệp",
    "File is empty.": "Tệp trống.",
    "Press Enter to apply": "Nhấn Enter để áp dụng",
    "Press Enter to submit form": "Nhấn Enter để gửi",
    "Press Ctrl+Enter to apply": "Nhấn Ctrl+Enter để áp dụng",
    "Press Ctrl+Enter to submit form": "Nhấn Ctrl+Enter để gửi",
    "Press ⌘+Enter to apply": "Nhấn ⌘+Enter để áp dụng",
    "Press ⌘+Enter to submit form": "Nhấn ⌘+Enter để gửi",
    "Choose an option": "Chọn một mục",
    "Choose options": "Chọn các mục",
    "Choose or add an option": "Chọn hoặc thêm một mục",
    "Choose or add options": "Chọn hoặc thêm các mục",
    "No options to select": "Không có mục nào để chọn",
    "No options to select.": "Không có mục nào để chọn",
    "No results": "Không tìm thấy",
    "No options": "Không có mục nào",
    "Select all": "Chọn tất cả",
    "Select...": "Chọn…",
    "Clear value": "Xóa giá trị",
    "Clear all": "Xóa tất cả",
    "Clear entry": "Xóa nội dung",
    "Clear selection": "Bỏ chọn",
    "Clear date": "Xóa ngày",
    "Clear dates": "Xóa các ngày",
    "Choose date": "Chọn ngày",
    "Choose date range": "Chọn khoảng ngày",
    "Date range": "Khoảng ngày",
    "Calendar": "Lịch",
    "Use arrow keys to navigate dates. Enter to select. Escape to close.":
      "Dùng phím mũi tên để đổi ngày, Enter để chọn, Esc để đóng.",
    "Open": "Mở",
    "Show password": "Hiện mật khẩu",
    "Hide password": "Ẩn mật khẩu",
    "Show password text": "Hiện mật khẩu",
    "Hide password text": "Ẩn mật khẩu",
    "Invalid input.": "Nội dung chưa đúng.",
    "Increment": "Tăng",
    "Decrement": "Giảm",
    "Running...": "Đang xử lý…",
    "Stopping...": "Đang dừng…",
    "Stop": "Dừng",
    "Rerun": "Chạy lại",
    "Always rerun": "Luôn chạy lại",
    "Print": "In trang",
    "Settings": "Cài đặt",
    "Main menu": "Trình đơn",
    "About": "Giới thiệu",
    "Theme": "Màu nền",
    "Light": "Sáng",
    "Dark": "Tối",
    "System": "Theo máy",
    "Connecting": "Đang kết nối",
    "CONNECTING": "ĐANG KẾT NỐI",
    "Please wait...": "Xin chờ…",
    "Connection error": "Mất kết nối với máy chủ",
    "Streamlit server is not responding. Are you connected to the internet?":
      "Máy chủ không trả lời. Hãy kiểm tra mạng nội bộ; nội dung đang nhập vẫn được giữ trên trang này.",
    "Connection lost. Please wait for the app to reconnect, then try again.":
      "Mất kết nối. Xin chờ kết nối lại rồi thử lại.",
    "Reconnected to server.": "Đã kết nối lại.",
    "Connection timed out.": "Quá thời gian kết nối.",
    "Network error": "Lỗi mạng",
    "Unknown error": "Lỗi không rõ",
    "Error uploading file": "Không gửi được tệp",
    "Error deleting file": "Không xóa được tệp",
    "Page not found": "Không tìm thấy trang",
    "Error": "Lỗi",
    "Close": "Đóng",
    "Dismiss": "Đóng",
    "Cancel": "Thôi",
    "Copy": "Sao chép",
    "Copied": "Đã sao chép",
    "Copy to clipboard": "Sao chép",
    "Delete": "Xóa",
    "Remove": "Bỏ",
    "Done": "Xong",
    "Learn more": "Tìm hiểu thêm",
    "Fullscreen": "Toàn màn hình",
    "Close fullscreen": "Thoát toàn màn hình",
    "Expand sidebar": "Mở trình đơn",
    "Collapse sidebar": "Thu trình đơn",
    "Open sidebar": "Mở trình đơn",
    "Close sidebar": "Thu trình đơn",
    "View more": "Xem thêm",
    "View less": "Thu gọn",
    "view more": "xem thêm",
    "view less": "thu gọn",
    "Skip to main content": "Đến nội dung chính",
    "Search": "Tìm",
    "Show/hide columns": "Ẩn, hiện cột",
    "Add row": "Thêm dòng",
    "Delete row(s)": "Xóa dòng",
    "Hide column": "Ẩn cột",
    "Pin column": "Ghim cột",
    "Unpin column": "Bỏ ghim cột",
    "Autosize": "Tự chỉnh độ rộng",
    "Sort ascending": "Sắp tăng dần",
    "Sort descending": "Sắp giảm dần",
    "Copy column name": "Sao chép tên cột",
    "Statistics": "Thống kê",
    "Format": "Cách hiển thị",
    "Automatic": "Tự động",
    "Localized": "Theo vùng",
    "Plain": "Nguyên dạng",
    "Compact": "Rút gọn",
    "Percent": "Phần trăm",
    "Loading...": "Đang tải…",
    "Failed to load data": "Không tải được dữ liệu",
    "No data": "Không có dữ liệu",
    "empty": "trống",
    "Show chart": "Xem biểu đồ",
    "Show data": "Xem bảng số",
    "Show table": "Xem bảng số",
    "Go to first page": "Về trang đầu",
    "Previous": "Trước",
    "Next": "Sau",
    "App pages": "Các trang",
    "Sidebar": "Trình đơn",
  };

  const PATTERNS = [
    [/^(\d+(?:\.\d+)?) ?MB per file((?: •.*)?)$/, (_, size, kinds) => `Tối đa ${size} MB mỗi tệp${kinds.replace("image", "ảnh")}`],
    [/^Limit (\d+) ?MB per file((?: •.*)?)$/, (_, size, kinds) => `Tối đa ${size} MB mỗi tệp${kinds.replace("image", "ảnh")}`],
    [/^(.*) files are not allowed\.$/, (_, kind) => `Không nhận tệp ${kind}.`],
    [/^File must be (.*) or smaller\.$/, (_, size) => `Tệp không được quá ${size}.`],
    [/^View (\d+) more$/, (_, count) => `Xem thêm ${count} mục`],
    [/^Remove (.+)$/, (_, name) => `Bỏ ${name}`],
    [/^Help for (.+)$/, (_, name) => `Giải thích: ${name}`],
    [/^This app has encountered an error\.[\s\S]*$/, () => "Có lỗi ngoài dự kiến. Mời tải lại trang."],
    [/^The page that you have requested does not seem to exist[\s\S]*$/, () =>
      "Không tìm thấy, hoặc bạn không có quyền với nội dung này."],
    [/^You do not have access to this page or it does not exist\.?[\s\S]*$/, () =>
      "Không tìm thấy, hoặc bạn không có quyền với nội dung này."],
  ];

  const ATTRIBUTES = ["placeholder", "aria-label", "title", "alt"];
  // What people or data wrote is never looked at.
  const NOT_OURS = 'textarea, pre, code, [data-testid="stMarkdownContainer"], [data-testid="stText"], [data-testid="stTable"]';
  const OURS = '[data-testid="stFileUploader"]'; // its button is drawn as if a person had written it

  const word = (text) => {
    const trimmed = text.trim();
    if (Object.hasOwn(WORDS, trimmed)) return WORDS[trimmed];
    for (const [pattern, say] of PATTERNS) if (pattern.test(trimmed)) return trimmed.replace(pattern, say);
    return null;
  };

  const inText = (node) => {
    if (!node.data || node.data.length > 200 || (node.parentElement?.closest(NOT_OURS) && !node.parentElement.closest(OURS))) return;
    const said = word(node.data);
    if (said !== null && said !== node.data) node.data = said;
  };

  const inAttributes = (element) => {
    for (const name of ATTRIBUTES) {
      const value = element.getAttribute(name);
      const said = value && word(value);
      if (said) element.setAttribute(name, said);
    }
  };

  const through = (root) => {
    if (root.nodeType === Node.TEXT_NODE) return inText(root);
    if (root.nodeType !== Node.ELEMENT_NODE) return;
    inAttributes(root);
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.nodeType === Node.TEXT_NODE) inText(node);
      else inAttributes(node);
    }
  };

  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "characterData") inText(change.target);
      else if (change.type === "attributes") inAttributes(change.target);
      else change.addedNodes.forEach(through);
    }
  }).observe(document.documentElement, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: ATTRIBUTES,
  });
  through(document.documentElement);
})();
