//! CRC-32 (ISO-HDLC), with a table of sixteen entries: a larger table would cost more bytes in a page than it saves time.

const TABLE: [u32; 16] = [
    0x0000_0000,
    0x1DB7_1064,
    0x3B6E_20C8,
    0x26D9_30AC,
    0x76DC_4190,
    0x6B6B_51F4,
    0x4DB2_6158,
    0x5005_713C,
    0xEDB8_8320,
    0xF00F_9344,
    0xD6D6_A3E8,
    0xCB61_B38C,
    0x9B64_C2B0,
    0x86D3_D2D4,
    0xA00A_E278,
    0xBDBD_F21C,
];

/// The checksum of several runs of bytes, as if they were one.
pub(crate) fn crc32(parts: &[&[u8]]) -> u32 {
    let step = |crc: u32| {
        TABLE
            .get(usize::try_from(crc & 15).unwrap_or(0))
            .copied()
            .unwrap_or(0)
            ^ (crc >> 4)
    };
    let bytes = parts.iter().flat_map(|part| part.iter());
    !bytes.fold(!0_u32, |crc, byte| step(step(crc ^ u32::from(*byte))))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_check_value_of_the_catalogue() {
        assert_eq!(super::crc32(&[b"1234", b"56789"]), 0xCBF4_3926);
    }
}
