/** Who decides about responses, told apart from who may only read: by administrators, where nobody else is without a stake. */
export const whoDecides = (byAdministrator: boolean): string =>
  byAdministrator
    ? 'Phiếu của trường học và của đợt khảo sát do người quản trị quyết định.'
    : 'Người quyết định là người phụ trách của đơn vị theo dõi chung toàn xã, không thuộc đơn vị được đánh giá và không chủ trì chỉ tiêu này.'
