<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: MIT -->
<!-- A form of a workshop (agenda, evaluation ...): A4, no title page; its head
     says for whom it is, and that it is an example where it is one. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:fo="http://www.w3.org/1999/XSL/Format" xmlns:vad="urn:vadovas:fo">

  <xsl:template match="/document[workshop[not(@copy)]]" priority="2">
    <fo:root xml:lang="{@lang}" font-family="{$family-text}" font-size="{$size}" line-height="{$line}"
      color="{$ink-text}" text-align="start" hyphenate="false" widows="2" orphans="2"
      vad:figures="old-style">
      <fo:layout-master-set>
        <fo:simple-page-master master-name="form" page-width="210mm" page-height="297mm"
          margin-left="22mm" margin-right="18mm">
          <fo:region-body margin-top="18mm" margin-bottom="20mm"/>
          <fo:region-after region-name="form-after" extent="14mm" display-align="before"/>
        </fo:simple-page-master>
      </fo:layout-master-set>
      <fo:page-sequence master-reference="form" force-page-count="no-force" role="Part">
        <fo:static-content flow-name="form-after" role="artifact">
          <fo:block xsl:use-attribute-sets="small" color="{$ink-grey}">
            <xsl:value-of select="workshop/title"/>
            <xsl:text>&#x2003;</xsl:text><fo:page-number/>
            <xsl:if test="$draft = 'yes'">&#x2003;<xsl:call-template name="draft-word"/></xsl:if>
          </fo:block>
        </fo:static-content>
        <fo:flow flow-name="xsl-region-body">
          <xsl:apply-templates select="workshop"/>
          <xsl:apply-templates select="chapter/node()"/>
        </fo:flow>
      </fo:page-sequence>
    </fo:root>
  </xsl:template>

  <!-- a row to be written in by hand; it may have a number -->
  <xsl:template priority="2"
    match="chapter[@role = 'form']//row[not(@header) and not(cell[position() &gt; 1 or number() != number()][normalize-space() != ''])]/cell"
    mode="content">
    <fo:block role="P" line-height="{$hand} - 5.4pt">
      <!-- twenty of them on a page -->
      <xsl:if test="../cell/node()"><xsl:attribute name="line-height"><xsl:value-of select="$hand"/> - 7.4pt</xsl:attribute></xsl:if>
      <xsl:apply-templates/>
      <xsl:if test="not(node())"><fo:leader/></xsl:if>
    </fo:block>
  </xsl:template>

  <xsl:template match="workshop">
    <fo:block xsl:use-attribute-sets="small" role="Sect" text-indent="0pt" font-size="10pt" line-height="13pt"
      padding-after="6pt" border-after-style="solid" border-after-width="0.6pt">
      <xsl:if test="@sample = 'yes'">
        <fo:block role="P" font-weight="700" color="{$ink-alert}">
          <xsl:call-template name="word"><xsl:with-param name="name" select="'sample'"/></xsl:call-template>
        </fo:block>
      </xsl:if>
      <fo:block role="P" font-weight="700" id="vadovas.workshop"><xsl:value-of select="title"/></fo:block>
      <fo:block role="P"><xsl:apply-templates select="/document/edition/title/node()"/></fo:block>
      <xsl:apply-templates select="." mode="facts"/>
      <fo:block role="P">
        <xsl:variable name="topics">
          <xsl:for-each select="topic">
            <xsl:if test="position() &gt; 1">; </xsl:if>
            <xsl:value-of select="."/>
          </xsl:for-each>
        </xsl:variable>
        <xsl:call-template name="phrase">
          <xsl:with-param name="name" select="'topics'"/>
          <xsl:with-param name="title" select="string($topics)"/>
        </xsl:call-template>
      </fo:block>
    </fo:block>
  </xsl:template>
</xsl:stylesheet>
